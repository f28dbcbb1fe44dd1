"""Files that cannot be read as a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from svcq_excel.checks.rule import FileRule
from svcq_excel.workbooks.workbook import Reason


class UnreadableFile(FileRule):
    code = "unreadable-file"
    severity = "error"
    title = "檔案無法讀取"
    clause = "收件作業：檔案須為可開啟的試算表"
    todos: ClassVar[Mapping[Reason, str]] = {
        "unreadable": "請以 Excel 或 LibreOffice 開啟原表件，存檔後重新寄送",
        "withheld": "請確認網路磁碟機已連線、雲端資料夾（OneDrive 等）的檔案已下載到本機、"
        "檔案有讀取權限，再重新執行；不是表件的問題，不必請單位重寄",
        "other-format": "請以 Excel 或 LibreOffice 開啟，另存為 .xlsx 或 .ods 後重新寄送",
        "packed": "請用解壓縮軟體解開，將其中的表件放進收件資料夾；或請單位改寄表件本身或 .zip",
        "signed": "請用郵件軟體開啟這封郵件，將附件另存到收件資料夾；或請單位不加簽章，重新寄送",
        "sealed": "請由收件人用郵件軟體開啟這封郵件，將附件另存到收件資料夾；"
        "或請單位不加密，重新寄送",
    }
    example = "檔案是空的（0 位元組）"


class TwoDocuments(FileRule):
    code = "two-documents"
    severity = "error"
    title = "檔案內容可作兩種解讀"
    clause = "收件作業：計入的內容須與任何人開啟檔案所見相同"
    todos: ClassVar[Mapping[Reason, str]] = {
        "two-documents": "請單位以 Excel 或 LibreOffice 開啟原表件，確認內容後另存新檔，重新寄送",
    }
    example = "工作表「評分表」第 8 列的內容可作兩種解讀，各程式開啟所見可能不同"


class UnsafeFile(FileRule):
    code = "unsafe-file"
    severity = "error"
    title = "檔案超出安全限度"
    clause = "收件作業：檔案大小及內容須在合理範圍內"
    allowed = "表件通常在 1 MB 以內"
    todos: ClassVar[Mapping[Reason, str]] = {
        "unsafe": "請在原表件填寫，勿貼入大量資料，並重新寄送",
    }
    example = "檔案超過 20 MiB"


class PasswordProtected(FileRule):
    code = "password-protected"
    severity = "error"
    title = "檔案設有密碼"
    clause = "收件作業：檔案須能不經密碼開啟"
    todos: ClassVar[Mapping[Reason, str]] = {
        "locked": "請取消開啟密碼後重新寄送",
        "rights": "請單位以 Excel 開啟，將敏感度標籤改為不加密的一種，"
        "或在「檔案」、「資訊」、「保護活頁簿」取消限制存取，存檔後重新寄送",
    }
    example = "檔案設有開啟密碼"


class UnknownForm(FileRule):
    code = "unknown-form"
    severity = "error"
    title = "不是本系統的評分表"
    clause = "收件作業：須使用主辦單位寄發的表件"
    todos: ClassVar[Mapping[Reason, str]] = {
        "no-form": "請在主辦單位寄發的表件上填寫後寄送",
    }
    example = "活頁簿內沒有本系統產製的評分表"


class BlankForm(FileRule):
    code = "blank-form"
    severity = "notice"
    title = "空白表件"
    clause = "收件作業：沒有填寫的表件不計入，也不影響其他表件"
    todo = "單位另有填寫的表件者無須處理；否則請向單位催繳"
    example = "表件沒有填寫任何內容"


class DuplicateSubmission(FileRule):
    code = "duplicate-submission"
    severity = "warning"
    title = "同一單位重複繳交"
    clause = "收件作業：同一單位同一考核人員以最後寄出或存檔者為準；補正表件取代所補正者"
    todo = "如應採用另一份，請在決定檔（考核資料夾則為考核計畫的「決定」）寫明採用或排除後重新執行"
    example = (
        "同一單位另有一份表件，「第一河川局(補正).xlsx」較晚（依活頁簿內的存檔時間），以該檔為準"
    )


class Halves(FileRule):
    code = "halves"
    severity = "warning"
    title = "兩份表件各填一部分"
    clause = "收件作業：一個單位以一份完整的表件為準"
    todo = "可能是單位內分工填寫，兩份不會自動合併；請單位合併成一份後重送"
    example = "與「資訊課.xlsx」各填一部分：本檔多填 12 項，該檔多填 13 項"


class BorrowedForm(FileRule):
    code = "borrowed-form"
    severity = "warning"
    title = "可能借用其他單位的表件"
    clause = "收件作業：須使用主辦單位寄發給該單位的表件"
    todo = "請向兩個單位確認，必要時請未繳的單位以自己的表件重送"
    example = "這個單位送來兩份得分多不相同的表件，而「A03 第三河川局」未繳，其中一份可能是該單位的"
