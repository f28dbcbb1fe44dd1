@echo off
rem A folder on a network gets a letter, for cmd cannot stand in one without.
pushd "%~dp0"
set "PATH=%CD%;%PATH%"
cmd /k "svcq.bat --help"
popd
