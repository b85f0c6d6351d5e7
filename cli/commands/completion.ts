/** `completion`, as help shows it. */

import type { Command } from "../command.ts";

export const command: Command = {
  options: [],
  notes:
    `It completes commands, options, and the names of servers, clients, protocols, scenarios and others, for the \
program wsmark. SHELL is bash, zsh or fish:
In ~/.bashrc: eval "$(wsmark completion bash)"
In ~/.zshrc, after compinit: source <(wsmark completion zsh)
Once for fish: wsmark completion fish > ~/.config/fish/completions/wsmark.fish`,
  exits: { done: "done", usage: "wrong usage" },
};
