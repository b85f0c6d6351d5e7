/** Completion in bash, without the package bash-completion. */

import { type CompletedCommand, type Place, type Shell, valuesByName } from "./types.ts";

/** What sets the local variables of the script for a place. */
function choice(place: Place): string {
  if (place.kind === "words") {
    return `words="${place.words.join(" ")}"${place.isList ? " list=1" : ""}`;
  }
  return place.kind === "free" ? "words=" : `paths=${place.kind}`;
}

function optionsOf({ name, options }: CompletedCommand): string {
  return `    ${name}) words="${options.map((option) => `--${option.name}`).join(" ")}" ;;`;
}

/** Writes the script for bash. */
export const bash: Shell = (commands) => {
  const names = commands.map(({ name }) => name);
  const values = [...valuesByName(commands)]
    .map(([name, place]) => `      --${name}) ${choice(place)} ;;`);
  return `# Completion of wsmark in bash. In ~/.bashrc: eval "$(wsmark completion bash)"
_wsmark() {
  local current=\${COMP_WORDS[COMP_CWORD]} option=\${COMP_WORDS[COMP_CWORD-1]}
  local command=${names[0]} words= list= paths= known= head= part
  # bash has --option=value in three words.
  if [[ $current == = ]]; then
    current=
  elif [[ $option == = ]]; then
    option=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  if ((COMP_CWORD > 1)); then
    case \${COMP_WORDS[1]} in
      ${names.join("|")}) command=\${COMP_WORDS[1]} ;;
    esac
  fi
  if [[ $option == --* ]]; then
    known=1
    case $option in
${values.join("\n")}
      *) known= ;;
    esac
  fi
  if [[ -z $known && $current == -* ]]; then
    case $command in
${commands.map(optionsOf).join("\n")}
    esac
  elif [[ -z $known ]] && ((COMP_CWORD == 1)); then
    words="${names.join(" ")}"
  elif [[ -z $known ]]; then
    case $command in
${commands.map(({ name, argument }) => `      ${name}) ${choice(argument)} ;;`).join("\n")}
    esac
  fi
  part=$current
  if [[ -n $list && $current == *,* ]]; then
    head=\${current%,*},
    part=\${current##*,}
  fi
  COMPREPLY=()
  # The bash of macOS has neither mapfile nor compopt.
  while IFS= read -r part; do
    COMPREPLY+=("$part")
  done < <(
    case $paths in
      file) compgen -f -- "$current" ;;
      folder) compgen -d -- "$current" ;;
      *) compgen -P "$head" -W "$words" -- "$part" ;;
    esac
  )
  if [[ -n $paths ]]; then compopt -o filenames 2>/dev/null; fi
}
complete -F _wsmark wsmark
`;
};
