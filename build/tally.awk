# Adds up the closing lines of test runners (nextest, cargo test, Playwright, node --test): prints PASSED FAILED.
# Playwright counts those that passed the second time beside the passed, nextest among them ("(1 flaky)").
/^ *Summary \[.* tests? run: / || /^test result: / || /^ +[0-9]+ (passed|failed|flaky)/ {
    for (i = 2; i <= NF; i++) {
        if ($i ~ /^(passed|flaky$)/) passed += $(i - 1)
        if ($i ~ /^(failed|timed)/) failed += $(i - 1)
    }
}
/^# pass [0-9]+$/ { passed += $3 }
/^# fail [0-9]+$/ { failed += $3 }
END { print passed + 0, failed + 0 }
