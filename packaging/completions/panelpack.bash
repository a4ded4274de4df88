# bash completion for panelpack

_panelpack()
{
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} options
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        options="new check run pack send dump formats --help --version"
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
        return
    fi
    # "=" is a word of its own here: --stage = facts
    if [ "$previous" = = ]; then
        previous=${COMP_WORDS[COMP_CWORD - 2]}
    elif [ "$current" = = ]; then
        current=
    fi
    case $previous in
    --stage)
        mapfile -t COMPREPLY < <(compgen -W "dataset facts document" -- "$current")
        return
        ;;
    --output)
        compopt -o filenames
        mapfile -t COMPREPLY < <(compgen -d -- "$current")
        return
        ;;
    --period | --only)
        return
        ;;
    esac
    case ${COMP_WORDS[1]} in
    run) options="--period --only --strict --output --dry-run --help" ;;
    send) options="--dry-run --help" ;;
    dump) options="--stage= --help" ;;
    new | check | pack | formats) options="--help" ;;
    *) return ;;
    esac
    if [[ $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
        [[ ${COMPREPLY[0]-} == *= ]] && compopt -o nospace
        return
    fi
    compopt -o filenames
    case ${COMP_WORDS[1]} in
    pack) mapfile -t COMPREPLY < <(compgen -d -- "$current"; compgen -f -X '!*.ini' -- "$current") ;;
    formats) ;;
    *) mapfile -t COMPREPLY < <(compgen -d -- "$current") ;;
    esac
}
complete -F _panelpack panelpack
