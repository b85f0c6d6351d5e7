/** Completion in zsh. */

import { type CompletedCommand, type Place, type Shell, valuesByName } from "./types.ts";

/** A word of zsh that stands for a text. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** What `_describe` takes: a name, and what it is. */
function described(name: string, text: string): string {
  return quoted(`${name}:${text.replaceAll("\n", " ")}`);
}

function completing(place: Place): string {
  switch (place.kind) {
    case "words":
      return place.isList
        ? `compset -P '*,'; compadd -S '' -- ${place.words.join(" ")}`
        : `compadd -- ${place.words.join(" ")}`;
    case "file":
      return "_files";
    case "folder":
      return "_files -/";
    case "free":
      return "_message value";
  }
}

function optionsOf({ name, options }: CompletedCommand): string {
  const rows = options.map((option) => described(`--${option.name}`, option.help));
  return `      ${name}) options=(${rows.join(" ")}) ;;`;
}

/** Writes the script for zsh. */
export const zsh: Shell = (commands) => {
  const names = commands.map(({ name }) => name);
  const values = [...valuesByName(commands)]
    .map(([name, place]) => `    --${name}) ${completing(place)}; return ;;`);
  return `#compdef wsmark
# Completion of wsmark in zsh. In ~/.zshrc, after compinit: source <(wsmark completion zsh)
_wsmark() {
  local command=${names[0]} option=\${words[CURRENT-1]}
  local -a options commands
  if ((CURRENT > 2)) && [[ \${words[2]} == (${names.join("|")}) ]]; then
    command=\${words[2]}
  fi
  if [[ \${words[CURRENT]} == --*=* ]]; then
    option=\${words[CURRENT]%%=*}
    compset -P '*='
  fi
  case $option in
${values.join("\n")}
  esac
  if [[ \${words[CURRENT]} == -* ]]; then
    case $command in
${commands.map(optionsOf).join("\n")}
    esac
    _describe -o option options
    return
  fi
  if ((CURRENT == 2)); then
    commands=(${commands.map(({ name, title }) => described(name, title)).join(" ")})
    _describe command commands
    return
  fi
  case $command in
${commands.map(({ name, argument }) => `    ${name}) ${completing(argument)} ;;`).join("\n")}
  esac
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _wsmark "$@"
else
  compdef _wsmark wsmark
fi
`;
};
