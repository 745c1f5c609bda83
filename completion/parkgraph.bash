# SPDX-License-Identifier: GPL-3.0-or-later
# bash completion for parkgraph

_parkgraph_formats="turtle ntriples nquads rdfxml graphml gexf neo4j cypher csv jsonl all none"
_parkgraph_predicates="operates develops locates_in part_of situated_in headquartered_in focuses_on
    active_in invests_in subsidiary_of cooperates_with supplies holds_position"
_parkgraph_types="Company Park Facility Sector Place Organization Person"
_parkgraph_measures="degree degree_in degree_out pagerank betweenness closeness eigenvector hub
    authority coreness"

_parkgraph_options() {
    local common="--help --verbose --quiet"
    case $1 in
        build)
            echo "--output= --formats= --prune --base-iri= --jobs= --min-confidence= --inferred
                --disable= --fields= --charset= --ontology= --wait= $common"
            ;;
        extract)
            echo "--jobs= --min-confidence= --inferred --disable= --fields= --charset= --ontology=
                $common"
            ;;
        merge) echo "--output= --formats= --base-iri= --ontology= --wait= $common" ;;
        retract) echo "--output= --formats= --ontology= --wait= $common" ;;
        export) echo "--format= --output= --store= --min-confidence= --inferred $common" ;;
        analyse)
            echo "--park= --sector= --measure= --type= --top= --json --store= --min-confidence=
                --seed= --pivots= --wait= $common"
            ;;
        explain) echo "--limit= --json --store= $common" ;;
        query) echo "--format= --store= $common" ;;
        eval) echo "--json --per-doc $common" ;;
        *) echo "$common" ;;
    esac
}

# The last of several formats is completed, those before it are kept.
_parkgraph_complete_formats() {
    local before=""
    [[ $1 == *,* ]] && before=${1%,*},
    mapfile -t COMPREPLY < <(compgen -P "$before" -W "$_parkgraph_formats" -- "${1##*,}")
}

_parkgraph_value() {
    case $1:$2 in
        *:--output | *:--store | *:--ontology | *:-o | *:-s)
            mapfile -t COMPREPLY < <(compgen -f -- "$3")
            compopt -o filenames 2>/dev/null
            ;;
        query:--format | query:-f)
            mapfile -t COMPREPLY < <(compgen -W "table csv jsonl" -- "$3")
            ;;
        *:--formats | *:--format | *:-f) _parkgraph_complete_formats "$3" ;;
        *:--type | *:-t) mapfile -t COMPREPLY < <(compgen -W "$_parkgraph_types" -- "$3") ;;
        *:--measure | *:-m) mapfile -t COMPREPLY < <(compgen -W "$_parkgraph_measures" -- "$3") ;;
        *:--charset)
            mapfile -t COMPREPLY < <(compgen -W "UTF-8 GB18030 GBK BIG5 UTF-16LE UTF-16BE" -- "$3")
            ;;
        *) return 1 ;;
    esac
}

_parkgraph() {
    local commands="build extract merge retract export analyse explain query eval version help"
    local current=${COMP_WORDS[COMP_CWORD]}
    local previous=${COMP_WORDS[COMP_CWORD - 1]}
    local command=${COMP_WORDS[1]}
    COMPREPLY=()
    if ((COMP_CWORD == 1)); then
        mapfile -t COMPREPLY < <(compgen -W "$commands --help --version" -- "$current")
        return
    fi
    # Readline splits at '=': "--format", "=", "tur".
    if [[ $current == "=" ]]; then
        current=""
    elif [[ $previous == "=" ]]; then
        previous=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    _parkgraph_value "$command" "$previous" "$current" && return
    if [[ $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(_parkgraph_options "$command")" -- "$current")
        [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null
        return
    fi
    case $command in
        help) mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$current") ;;
        explain)
            mapfile -t COMPREPLY < <(compgen -W "$_parkgraph_predicates" -- "$current")
            ;;
        build | extract | merge | eval)
            mapfile -t COMPREPLY < <(compgen -f -- "$current")
            compopt -o filenames 2>/dev/null
            ;;
    esac
}

complete -F _parkgraph parkgraph
