# Adds up the closing lines of test runners (nextest, cargo test, Playwright, node --test): prints PASSED FAILED.
/^ *Summary \[.* tests? run: / || /^test result: / || /^ +[0-9]+ (passed|failed|flaky)/ {
    for (i = 2; i <= NF; i++) {
        if ($i ~ /^passed/) passed += $(i - 1)
        if ($i ~ /^(failed|flaky|timed)/) failed += $(i - 1)
    }
}
/^# pass [0-9]+$/ { passed += $3 }
/^# fail [0-9]+$/ { failed += $3 }
END { print passed + 0, failed + 0 }
