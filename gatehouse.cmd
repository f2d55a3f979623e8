@echo off
rem What `gatehouse` does elsewhere. Here it is the incremental publish that finds out whether a source has changed.
setlocal
set "root=%~dp0"
set "GATEHOUSE_CALLED_AS=%~n0"

set "folder=cli"
set "project=Cli"
set "program=gatehouse-cli.exe"
set "options=-p:PublishAot=false"
for %%w in (serve migrate doctor demo admin) do if "%~1"=="%%w" (
    set "folder=server"
    set "project=Server"
    set "program=Gatehouse.Server.exe"
    set "options=-p:PublishReadyToRun=true"
    if not defined DOTNET_ENVIRONMENT if not defined ASPNETCORE_ENVIRONMENT set "DOTNET_ENVIRONMENT=Development"
)
set "published=%root%artifacts\%folder%"

pushd "%root%"
dotnet --version >nul 2>nul || (
    popd
    echo Gatehouse needs the .NET 10 SDK. This line gets it: 1>&2
    echo   winget install Microsoft.DotNet.SDK.10 1>&2
    exit /b 1
)
if not exist "%published%\%program%" echo Building Gatehouse ^(first run only, about a minute^) ... 1>&2
if not exist artifacts mkdir artifacts
dotnet publish "src\%project%" --configuration Release --use-current-runtime --self-contained false %options% ^
    -p:RunAnalyzers=false -p:TreatWarningsAsErrors=false -p:NuGetAudit=false ^
    --artifacts-path artifacts\build --output "%published%" >"%published%.log" 2>&1 <nul || (
    popd
    type "%published%.log" 1>&2
    echo Gatehouse could not be built; the reason is above and in %published%.log 1>&2
    exit /b 1
)
popd

"%published%\%program%" %*
exit /b %errorlevel%
