/** Shells for which there is completion. */
export const shells = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof shells)[number];

/**
 * Each asks `plan completion --line WORDS…` what may stand at the end of the line: a word a line, and a line with a slash alone
 * where files may stand.
 */
export const scripts: Readonly<Record<Shell, string>> = {
  bash: `# plan completion bash: eval "$(plan completion bash)" in ~/.bashrc
_plan_completion() {
  local current=\${COMP_WORDS[COMP_CWORD]} line="\${COMP_LINE:0:COMP_POINT}" words word
  read -ra words <<< "$line"
  [[ $line == *[[:space:]] ]] && words+=('')
  local begun=\${words[\${#words[@]}-1]}
  COMPREPLY=()
  while IFS= read -r word; do
    if [[ $word == / ]]; then
      compopt -o filenames 2>/dev/null
      while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$current")
    else
      # Bash takes = for the end of a word: what is before it stays as it is.
      [[ $begun != "$current" && $word == "\${begun%"$current"}"* ]] && word=\${word#"\${begun%"$current"}"}
      [[ $word == *= ]] && compopt -o nospace 2>/dev/null
      COMPREPLY+=("$word")
    fi
  done < <("\${words[0]}" completion --line -- "\${words[@]:1}" 2>/dev/null)
}
complete -F _plan_completion plan`,
  zsh: `#compdef plan
# plan completion zsh: source <(plan completion zsh) in ~/.zshrc, behind compinit
_plan() {
  local word
  local -a found endings
  while IFS= read -r word; do
    if [[ $word == / ]]; then _files
    elif [[ $word == *= ]]; then endings+=("$word")
    else found+=("$word")
    fi
  done < <("\${words[1]}" completion --line -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
  compadd -- $found
  compadd -S '' -- $endings
}
compdef _plan plan`,
  fish: `# plan completion fish: plan completion fish | source in config.fish
function __plan_completion
  set -l words (commandline -opc) (commandline -ct)
  for word in (command $words[1] completion --line -- $words[2..-1] 2>/dev/null)
    if test "$word" = /
      __fish_complete_path (commandline -ct)
    else
      echo $word
    end
  end
end
complete -c plan -f -a '(__plan_completion)'`,
};
