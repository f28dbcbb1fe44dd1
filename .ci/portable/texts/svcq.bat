@echo off
"%~dp0python\python.exe" -m svcq_excel %*
exit /b %ERRORLEVEL%
