using System.CommandLine;
using System.CommandLine.Completions;

namespace Gatehouse.Cli.Commands;

/// <summary>Completion in a shell: a short script that asks this program what could come next.</summary>
internal static class CompletionCommands
{
    private const string Bash = """
        # Completion of NAME in bash. To have it always: NAME completion bash >> ~/.bashrc
        _gatehouse_complete() {
            local line="${COMP_LINE:0:COMP_POINT}" IFS=$'\n'
            local word="${line##*[[:space:]]}"
            COMPREPLY=($("$1" completion bash --line=" ${line#*[[:space:]]}" 2>/dev/null))
            # bash takes a colon for the end of a word: leave out what stands before it already.
            if [[ $word == *:* && $COMP_WORDBREAKS == *:* ]]; then
                COMPREPLY=("${COMPREPLY[@]#"${word%:*}:"}")
            fi
        }
        complete -o default -F _gatehouse_complete NAME
        """;

    private const string Zsh = """
        #compdef NAME
        # Completion of NAME in zsh. To have it always: NAME completion zsh >> ~/.zshrc (after compinit)
        _gatehouse_complete() {
            local -a found
            found=("${(@f)$("${words[1]}" completion zsh --line=" ${(j: :)words[2,CURRENT]}" 2>/dev/null)}")
            _describe 'NAME' found
        }
        compdef _gatehouse_complete NAME
        """;

    private const string Fish = """
        # Completion of NAME in fish. To have it always: NAME completion fish > ~/.config/fish/completions/NAME.fish
        function _gatehouse_complete
            set -l line (commandline --cut-at-cursor --current-process | string replace --regex '^\s*\S+' '')
            NAME completion fish --line=" $line" 2>/dev/null
        end
        complete --command NAME --arguments '(_gatehouse_complete)'
        """;

    /// <summary><c>completion bash|zsh|fish</c>.</summary>
    public static void Complete(Verb verb)
    {
        var shell = verb.Argument<string>("SHELL", "bash, zsh or fish", ArgumentArity.ExactlyOne);
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var line = verb.Option("--line", "TEXT", "What was typed so far; the script asks with it");
        line.Hidden = true;
        verb.Runs(run =>
        {
            var name = run.Value(shell)!;
            IEnumerable<string> texts = run.Value(line) is { } typed
                ? Next(run.Root, typed, name)
                : [Script(name, run.Program)];
            foreach (var text in texts)
                run.Terminal.Print(text);
            return Task.CompletedTask;
        });
    }

    private static string Script(string shell, string program)
    {
        var script = shell switch { "bash" => Bash, "zsh" => Zsh, _ => Fish };
        return script.Replace("NAME", program, StringComparison.Ordinal);
    }

    /// <summary>What could come next, in the form the shell's own completion takes.</summary>
    private static IEnumerable<string> Next(Command root, string typed, string shell)
    {
        var isOption = typed.Split(' ')[^1].StartsWith('-');
        var aliases = root.Subcommands.SelectMany(command => command.Aliases).ToHashSet(StringComparer.Ordinal);
        return
            from item in root.Parse(typed.TrimStart()).GetCompletions()
            where item.Label.StartsWith('-') == isOption && item.Label is not ['-', _] && !aliases.Contains(item.Label)
            select shell switch
            {
                "zsh" => $"{item.Label.Replace(":", "\\:", StringComparison.Ordinal)}:{Description(item)}",
                "fish" => $"{item.Label}\t{Description(item)}",
                _ => item.Label,
            };
    }

    private static string? Description(CompletionItem item) => item.Detail ?? item.Documentation;
}
