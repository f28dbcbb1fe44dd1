@echo off
"%~dp0python\python.exe" -P -m svcq_excel %*
exit /b %ERRORLEVEL%
