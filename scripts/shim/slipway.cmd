@echo off
rem The `slipway` command of Slipway's terminals: the CLI beside this file, run by the Node the editor chose.
setlocal
if defined SLIPWAY_NODE_IS_EDITOR set ELECTRON_RUN_AS_NODE=1
set "NODE_TO_USE=node"
if defined SLIPWAY_NODE if exist "%SLIPWAY_NODE%" set "NODE_TO_USE=%SLIPWAY_NODE%"
"%NODE_TO_USE%" "%~dp0..\cli.js" %*
