/** Completion in fish. */

import type { CompletedCommand, Place, Shell } from "./types.ts";

/** A word of fish that stands for a text. */
function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'").replaceAll("\n", " ")}'`;
}

/** The arguments of `complete` for what stands at a place. */
function offered(place: Place): string {
  switch (place.kind) {
    case "words":
      return place.isList
        ? `-a ${quoted(`(__wsmark_list ${place.words.join(" ")})`)}`
        : `-a ${quoted(place.words.join(" "))}`;
    case "file":
      return "-F";
    case "folder":
      return `-a '(__fish_complete_directories)'`;
    case "free":
      return "";
  }
}

/** The same, for the value of an option. */
function takes(place: Place): string {
  return place.kind === "file" ? "-r -F" : `-x ${offered(place)}`.trimEnd();
}

function linesOf({ name, options, argument }: CompletedCommand): string[] {
  const inCommand = `complete -c wsmark -n '__wsmark_command ${name}'`;
  const lines = options.map(({ name, help, value }) =>
    `${inCommand} -l ${name} ${value === undefined ? "" : `${takes(value)} `}-d ${quoted(help)}`
  );
  return argument.kind === "free" ? lines : [...lines, `${inCommand} ${offered(argument)}`];
}

/** Writes the script for fish. */
export const fish: Shell = (commands) => {
  const names = commands.map(({ name }) => name).join(" ");
  return `# Completion of wsmark in fish: wsmark completion fish > ~/.config/fish/completions/wsmark.fish
function __wsmark_command
  set -l given (commandline -opc)
  if set -q given[2]; and contains -- $given[2] ${names}
    test $given[2] = $argv[1]
  else
    test ${commands[0]!.name} = $argv[1]
  end
end
function __wsmark_list
  set -l head (string match -r '^(?:--[^=]*=)?(.*,)?' -- (commandline -ct))[2]
  printf '%s\\n' "$head"$argv
end
complete -c wsmark -e
complete -c wsmark -f
${
    commands.map(({ name, title }) =>
      `complete -c wsmark -n 'test (count (commandline -opc)) -eq 1' -a ${name} -d ${quoted(title)}`
    ).join("\n")
  }
${commands.flatMap(linesOf).join("\n")}
`;
};
