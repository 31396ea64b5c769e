# Completion of jianbao for bash. Install as /usr/share/bash-completion/completions/jianbao, or source it.
# shellcheck shell=bash

_jianbao_files() { # files with one of the suffixes $1 (a|b), and folders
    local name
    mapfile -t COMPREPLY < <(compgen -f -- "$2" | while IFS= read -r name; do
        if [[ -d $name ]]; then echo "$name/"; elif [[ $name =~ \.($1)$ ]]; then echo "$name"; fi
    done)
    compopt -o nospace -o filenames 2> /dev/null || true
}

_jianbao_words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2"); }

_jianbao_value() { # the value of option $1 of command $2, begun as $3; 1 when the option takes none
    case $2:$1 in
    *:--diagnostics) _jianbao_words "text json" "$3" ;;
    render:--dump) _jianbao_words "data document chart lines pages scene structure pdf" "$3" ;;
    chart:--dump) _jianbao_words "chart scene" "$3" ;;
    render:-o | render:--output) _jianbao_files "pdf" "$3" ;;
    chart:-o | chart:--output) _jianbao_files "png|svg|pdf" "$3" ;;
    chart:--mark) _jianbao_words "bar line area point bullet variance dumbbell slope waterfall kpi sparkline" "$3" ;;
    chart:--scale) _jianbao_words "1 2 3 4" "$3" ;;
    chart:--size) _jianbao_words "1600x900 1200x800 1920x1080 160mmx90mm" "$3" ;;
    chart:--for) _jianbao_words "ppt-16x9 ppt-16x9-half ppt-4x3 ppt-4x3-half a4-width a4-half a4-third gongwen-width gongwen-half" "$3" ;;
    chart:--dpi) _jianbao_words "96 150 300 600" "$3" ;;
    data:--separator) _jianbao_words ", ; tab |" "$3" ;;
    data:--encoding) _jianbao_words "UTF-8 GB18030 UTF-16 BIG5" "$3" ;;
    data:--sheet | data:--range | data:--table | data:--query | data:--inside | data:--header | data:--skip | data:--columns) COMPREPLY=() ;;
    render:--data | check:--data | chart:-x | chart:--x | chart:-y | chart:--y | chart:--where | chart:--title) COMPREPLY=() ;;
    *) return 1 ;;
    esac
}

_jianbao() {
    local current previous command common="--help --quiet --diagnostics= --strict --timings" i
    COMPREPLY=()
    current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]}
    if ((COMP_CWORD == 1)); then
        _jianbao_words "render chart data check help --help --version" "$current"
        return
    fi
    # bash parts words at “=”: --dump=SC is “--dump”, “=”, “SC”
    [[ $current == "=" ]] && current=""
    [[ $previous == "=" ]] && previous=${COMP_WORDS[COMP_CWORD - 2]}
    if [[ $command == help ]]; then
        _jianbao_words "render chart data check" "$current"
        return
    fi
    _jianbao_value "$previous" "$command" "$current" && return
    if [[ $current == -* ]]; then
        case $command in
        render) _jianbao_words "$common --output= --data= --dump= --readable -o" "$current" ;;
        chart) _jianbao_words "$common --output= --mark= --x= --y= --where= --title= --size= --for= --dpi= --scale= --transparent --text --all --dump= -o -x -y" \
            "$current" ;;
        data) _jianbao_words "$common --raw --sheet= --range= --skip-hidden --table= --query= --inside= --encoding= --separator= --pad --header= --skip= --columns=" \
            "$current" ;;
        check) _jianbao_words "$common --data=" "$current" ;;
        esac
        for i in "${COMPREPLY[@]}"; do [[ $i == *= ]] && compopt -o nospace 2> /dev/null; done
        return
    fi
    case $command in
    render | check) _jianbao_files "md" "$current" ;;
    chart) _jianbao_files "yaml|yml|json|md|csv|tsv|xlsx|ods|xls|et|db|sqlite" "$current" ;;
    data) _jianbao_files "csv|tsv|xlsx|ods|xls|et|json|db|sqlite" "$current" ;;
    esac
}

complete -F _jianbao jianbao
