@echo off
rem Starts Lacuna: finds a JDK, builds when there is no build or the sources are newer, otherwise starts at once.
rem   LACUNA_JAVA       the JDK to use (its folder)
rem   LACUNA_JAVA_OPTS  more options for the Java virtual machine
setlocal EnableExtensions DisableDelayedExpansion
set "home=%~dp0"
if "%home:~-1%"=="\" set "home=%home:~0,-1%"
set "build=%home%\target"
set "state=%build%\launch"
set "jar=%build%\lacuna.jar"
set "jdk="
rem ONNX Runtime would otherwise leave a number that tells people apart in their cache folder.
set "ORT_DISABLE_TELEMETRY=1"

if defined LACUNA_JAVA (
    call :check "%LACUNA_JAVA%"
    if not defined jdk (
        echo lacuna: LACUNA_JAVA is "%LACUNA_JAVA%", which is not the folder of a JDK 25 or newer; correct it or unset it. 1>&2
        exit /b 1
    )
)
if not defined jdk if defined JAVA_HOME call :check "%JAVA_HOME%"
if not defined jdk if exist "%state%\jdk" for /f "usebackq delims=" %%j in ("%state%\jdk") do call :check "%%j"
if not defined jdk for /f "delims=" %%j in ('where java 2^>nul') do if not defined jdk call :check "%%~dpj.."
for %%r in ("%ProgramFiles%\Eclipse Adoptium" "%ProgramFiles%\Java" "%ProgramFiles%\Microsoft" "%ProgramFiles%\Zulu" "%ProgramFiles%\BellSoft" "%ProgramFiles%\Amazon Corretto" "%LocalAppData%\Programs\Eclipse Adoptium" "%USERPROFILE%\.jdks" "%USERPROFILE%\scoop\apps") do (
    if not defined jdk if exist "%%~r" for /d %%j in ("%%~r\*") do if not defined jdk call :check "%%~j"
)
if not defined jdk (
    echo lacuna: no JDK 25 or newer was found; install one ^(for example from https://adoptium.net^) or set LACUNA_JAVA to its folder. 1>&2
    exit /b 1
)

call :stale
if defined stale (
    call :build
    if errorlevel 1 exit /b 1
)

rem No blocks in parentheses here: a name such as photo(1).jpg would end them.
rem A command is over before the optimising compiler has earned what it takes from the network: processor time.
set "tiers=4"
set "first=%~1"
if defined first for %%c in (run info models) do if "%first%"=="%%c" set "tiers=1"
if defined first if "%first:~0,1%"=="-" set "tiers=1"
set "cache="
if exist "%state%\lacuna.aot" set cache="-XX:AOTCache=%state%\lacuna.aot"
rem Whether messages go to a terminal cannot be asked without starting another program: no progress is shown.
"%jdk%\bin\java.exe" "@%home%\packaging\jvm.options" -Xlog:disable -Xmx1g -XX:TieredStopAtLevel=%tiers% "-Dlacuna.home=%home%" %LACUNA_JAVA_OPTS% %cache% -cp "%jar%" lacuna.Main %*
exit /b %errorlevel%

rem Sets jdk when the folder holds a JDK that is new enough, by its release file.
:check
if not exist "%~1\bin\javac.exe" exit /b 0
if not exist "%~1\release" exit /b 0
for /f "usebackq tokens=2 delims==" %%v in (`findstr /b /c:"JAVA_VERSION=" "%~1\release"`) do (
    for /f "tokens=1 delims=.-+" %%m in ("%%~v") do if %%m GEQ 25 set "jdk=%~f1"
)
exit /b 0

rem Sets stale when there is no build, or something in it is older than the sources.
:stale
set "stale="
if not exist "%jar%" set "stale=1"
if not exist "%state%\built" set "stale=1"
if defined stale exit /b 0
if not exist "%home%\src" exit /b 0
rem PowerShell reads the folders from the environment: a quote in a name would end a string.
powershell -NoProfile -Command "$t=(Get-Item -LiteralPath (Join-Path $env:state 'built')).LastWriteTimeUtc; $h=$env:home; $s=@(Get-Item -LiteralPath $h\pom.xml,$h\packaging,$h\src\main,$h\resources)+@(Get-ChildItem -LiteralPath $h\packaging,$h\src\main,$h\resources -Recurse | Where-Object { $_.FullName -notlike '*\resources\samples*' }); if ($s | Where-Object { $_.LastWriteTimeUtc -gt $t } | Select-Object -First 1) { exit 1 }"
if errorlevel 1 set "stale=1"
exit /b 0

:build
where mvn >nul 2>nul
if errorlevel 1 (
    echo lacuna: Lacuna must be built first, which needs Maven; install Maven 3.8 or newer ^(mvn^) and start again. 1>&2
    exit /b 1
)
echo lacuna: building; the first time takes a few minutes. 1>&2
if not exist "%state%" mkdir "%state%"
if exist "%state%\lacuna.aot" del "%state%\lacuna.aot"
type nul > "%state%\began"
setlocal
set "JAVA_HOME=%jdk%"
set "MAVEN_OPTS=%MAVEN_OPTS% --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
pushd "%home%"
call mvn -q -B -Dstyle.color=never -Dmaven.test.skip=true package 1>&2
set "failed=%errorlevel%"
popd
endlocal & set "failed=%failed%"
if not "%failed%"=="0" (
    echo lacuna: the build failed; what went wrong is written above. 1>&2
    exit /b 1
)
move /y "%state%\began" "%state%\built" >nul
> "%state%\jdk" echo %jdk%
if not exist "%state%\home" mkdir "%state%\home"
rem The rehearsal gets a home of its own, so that it leaves no trace in the person's.
setlocal
set "APPDATA=%state%\home"
set "LOCALAPPDATA=%state%\home"
"%jdk%\bin\java.exe" "@%home%\packaging\jvm.options" "-XX:AOTCacheOutput=%state%\lacuna.aot" -Xlog:disable -Xmx1g "-Dlacuna.home=%home%" "-Duser.home=%state%\home" -Djava.awt.headless=true -Dglass.platform=Headless -Dprism.order=sw -cp "%jar%" lacuna.Rehearsal > "%state%\rehearsal.log" 2>&1
if errorlevel 1 if exist "%state%\lacuna.aot" del "%state%\lacuna.aot"
endlocal
rmdir /s /q "%state%\home" >nul 2>nul
exit /b 0
