# What others have written: csv-spectrum, the JSONTestSuite, workbooks of many writers. See tests/outside/README.md.
exec python3 tests/outside/run
