#!/bin/bash
# Holds every PDF that tests and sample jobs make against PDF/UA-1 with veraPDF, and against
# `qpdf --check`. Ends with "N passed, N failed"; what veraPDF said is in BUILD/conformance/report.
#   conformance.sh BUILD
# CONFORMANCE_OFFLINE=skip: where veraPDF cannot be fetched, that is said and nothing fails.
set -u
build=$(cd "$1" && pwd)
here=$(dirname "$0")
panelpack=$build/panelpack
jars=$build/verapdf
made=$build/conformance
passed=0
failed=0

fetch() { # veraPDF, unless this version is here
    cmp -s "$here/pom.xml" "$jars/pom.xml" && return
    rm -rf "$jars"
    if ! mvn -q -B -f "$here/pom.xml" -DoutputDirectory="$jars" \
        org.apache.maven.plugins:maven-dependency-plugin:2.8:copy-dependencies >"$made/mvn" 2>&1; then
        sed 's/^/    /' "$made/mvn" | grep -a 'ERROR' | head -3 >&2
        echo "conformance: Maven cannot fetch veraPDF, so nothing was held against PDF/UA-1:" \
            "the network or the proxy of its settings is wanting" >&2
        [ "${CONFORMANCE_OFFLINE:-}" = skip ] || exit 1
        echo "NOT RUN, 0 passed, 0 failed"
        exit 0
    fi
    cp "$here/pom.xml" "$jars/pom.xml"
}

# A pack of our own reports alone, which nobody else's pages keep from conforming.
own_pack() {
    mkdir -p "$made/own"
    sed '/^\[item/,$d' input/scrutiny-2022-06-30/agenda.ini >"$made/own/agenda.ini"
    cat >>"$made/own/agenda.ini" <<END
[item 1]
title = Annual review
report = $1/input/harborough-2021-22 csp-annual-review
[item 2]
title = Key activities
report = $1/input/harborough-2021-22 key-activities
END
    "$panelpack" pack "$made/own/agenda.ini" --output "$made/out"
    # the same with an exempt item: the restricted pack stands beside it
    mkdir -p "$made/exempt"
    { sed 's|^title = Key activities|title = Exclusion of the public\n[item 3]\n&\nexempt = 3|' \
        "$made/own/agenda.ini"; } >"$made/exempt/agenda.ini"
    "$panelpack" pack "$made/exempt/agenda.ini" --output "$made/out"
    # the same, given as a PDF: its links and bookmarks come along
    mkdir -p "$made/given"
    find "$made/out/harborough-2021-22" -name csp-annual-review.pdf -exec cp {} "$made/given" \;
    sed 's|^report = .*csp-annual-review|pdf = csp-annual-review.pdf|' \
        "$made/own/agenda.ini" >"$made/given/agenda.ini"
    "$panelpack" pack "$made/given/agenda.ini" --output "$made/out"
}

make_all() {
    for job in input/*/job.ini; do
        "$panelpack" run "$(dirname "$job")" --output "$made/out"
    done
    "$panelpack" pack input/scrutiny-2022-06-30/agenda.ini --output "$made/out"
    own_pack "$(realpath --relative-to="$made/own" .)"
    for job in tests/golden/*/; do
        "$panelpack" run "$job" --output "$made/out/golden"
    done
    mkdir -p "$made/out/unit" "$made/out/random"
    "$build/tests/unit/write/pdf_test" "$made/out/unit"
    "$build/tests/unit/write/pdf_random_test" "$made/out/random" 4
}

# Copies of one file, each without one thing that PDF/UA asks for: the proof that the check can
# fail. The words that take the place of others are as long, so that the file stays sound.
spoil() { # FILE NAME SED-EXPRESSION
    sed "$3" "$made/open.pdf" >"$made/spoilt/$2.pdf"
    cmp -s "$made/open.pdf" "$made/spoilt/$2.pdf" || return 0
    bad "$2.pdf is as good as it was: nothing in it to spoil"
}
make_spoilt() {
    mkdir -p "$made/spoilt"
    qpdf --qdf --object-streams=disable "$1" "$made/open.pdf"
    spoil "$1" no-structure 's|/StructTreeRoot |/StructTreeRooX |'
    spoil "$1" no-title-shown 's|/DisplayDocTitle |/DisplayDocTitlX |'
    spoil "$1" no-language 's|/Lang |/Lanx |'
    spoil "$1" no-alternative 's|/Alt <|/Alx <|'
    spoil "$1" no-link-words 's|/Contents <|/Contentx <|'
    spoil "$1" no-list-body 's|/S /LBody|/S /TBody|'
    spoil "$1" no-scope 's|/Scope /|/Scopx /|; s|/Headers |/Headerx |'
    spoil "$1" not-an-artifact 's|^/Artifact <<|/Artifakt <<|'
    spoil "$1" no-tab-order 's|/Tabs /S|/Tabs /R|'
    spoil "$1" no-claim 's|pdfuaid:part|pdfuaid:pert|g'
}

good() { passed=$((passed + 1)); }
bad() {
    failed=$((failed + 1))
    echo "not ok - $1"
}

# What veraPDF must say of a file: PASS, unless it was spoilt, or is a pack that makes no claim since
# others' pages in it are not tagged, as panelpack said of its agenda.
judge() { # VERDICT FILE
    local name=${2#"$made/"} agenda
    agenda=$(cut -d/ -f2 <<<"$name")/agenda.ini
    if [[ "$name" == spoilt/* ]]; then
        if [ "$1" = FAIL ]; then good; else bad "$name passes, though it must fail"; fi
    elif ! qpdf --check "$2" >"$made/qpdf" 2>&1 || grep -qi 'warning' "$made/qpdf"; then
        bad "$name: $(tail -1 "$made/qpdf")"
    elif [ "$1" = PASS ]; then
        good
    elif ! pdfinfo -meta "$2" | grep -q 'pdfuaid:part' &&
        grep -q "$agenda:.*\[untagged\]" "$made/said"; then
        echo "without the claim: $name"
    else
        bad "$name"
        sed -n "\|^FAIL $2|,/^[PF]A/p" "$made/report" | grep '^  FAIL' | head -20
    fi
}

rm -rf "$made"
mkdir -p "$made"
fetch
make_all >"$made/said" 2>&1
make_spoilt "$made/out/unit/sample.pdf"
find "$made/out" "$made/spoilt" -name '*.pdf' | sort >"$made/files"
[ -s "$made/files" ] || bad "no PDF was made: see $made/said"
# one start of Java for all of them
xargs -d '\n' -a "$made/files" java -cp "$jars/*" org.verapdf.apps.GreenfieldCliWrapper \
    --flavour ua1 --format text -v >"$made/report" 2>"$made/errors"
while read -r file; do
    verdict=$(grep -F -e "PASS $file" -e "FAIL $file" "$made/report" | head -1)
    judge "${verdict%% *}" "$file"
done <"$made/files"
echo "$passed passed, $failed failed"
[ $failed = 0 ] && [ $passed -gt 0 ]
