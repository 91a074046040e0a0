@echo off
rem run site, run serve, run check, run update: see README.md
chcp 65001 >nul
cd /d "%~dp0"
set NO_MKDOCS_2_WARNING=1
set PYTHONUTF8=1
set RUN=.venv\Scripts\python.exe
"%RUN%" -c "import nianbao" 2>nul && goto ready
set RUN=python
"%RUN%" -c "import nianbao" 2>nul && goto ready
set RUN=.venv\Scripts\python.exe
python -c "import sys; sys.exit(sys.version_info < (3, 11))" 2>nul || (echo 要用 Python 3.11 以上 & exit /b 1)
echo 第一次要装 nianbao，约几分钟……
python -m venv .venv || exit /b 1
"%RUN%" -m pip install --quiet --disable-pip-version-check -r requirements.txt || exit /b 1
:ready
if "%~1"=="" "%RUN%" -m nianbao build
if "%~1"=="site" "%RUN%" -m nianbao build
if "%~1"=="serve" "%RUN%" -m nianbao serve
if "%~1"=="check" "%RUN%" -m nianbao check
if "%~1"=="update" "%RUN%" -m pip install --quiet --disable-pip-version-check -r requirements.txt
