"""另存格式, 公告版: what is made beside the statistics workbook."""
