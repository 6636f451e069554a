@echo off
rem Starts what "mvn package" built, with a JDK 25 that it finds itself; passes all arguments on.
setlocal enabledelayedexpansion
set "jar=%~dp0..\target\slipway.jar"
if not exist "%jar%" (
  echo slipway: %jar% is not there. Build it first: mvn package -DskipTests 1>&2
  exit /b 2
)
set "java="
call :try "%SLIPWAY_JAVA%"
call :try "%JAVA_HOME%\bin\java.exe"
for /f "delims=" %%j in ('where java 2^>nul') do call :try "%%j"
for /d %%d in ("%ProgramFiles%\Eclipse Adoptium\jdk-25*" "%ProgramFiles%\Java\jdk-25*" "%ProgramFiles%\Microsoft\jdk-25*" "%USERPROFILE%\.jdks\*") do call :try "%%~d\bin\java.exe"
if not defined java (
  echo slipway: no JDK 25 found. Install one, or name its java.exe in SLIPWAY_JAVA. 1>&2
  exit /b 2
)
set "options="
if "%~1"=="migrate" set "options=-Xmx512m -Xmn300m -XX:+UseSerialGC"
"%java%" %options% %SLIPWAY_JAVA_OPTIONS% -jar "%jar%" %*
exit /b %errorlevel%

:try
if defined java exit /b
if not exist "%~1" exit /b
"%~1" -version 2>&1 | findstr /r /c:"version \"25[.\"]" >nul && set "java=%~1"
exit /b
