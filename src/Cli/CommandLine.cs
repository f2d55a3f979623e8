using System.CommandLine;
using System.CommandLine.Parsing;
using Gatehouse.Cli.Output;

namespace Gatehouse.Cli;

/// <summary>From the words of a command line to an exit code.</summary>
internal sealed class CommandLine(Terminal terminal, Surroundings surroundings)
{
    private static readonly ParserConfiguration Parsing = new()
    {
        ResponseFileTokenReplacer = null, // a password may begin with @
    };

    /// <summary>What a command throws is ours to explain; Ctrl-C is Program's.</summary>
    private static readonly InvocationConfiguration Uncaught = new()
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    };

    /// <summary>Runs one command line. Whatever happens, it is said on standard error and in the exit code.</summary>
    public async Task<int> Run(string[] words, CancellationToken cancelled)
    {
        try
        {
            await Dispatch(words, cancelled);
            return ExitCode.Done.Number;
        }
        catch (Failure failure)
        {
            terminal.Explain(failure);
            return failure.Code.Number;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Cancelled.Number;
        }
        catch (Exception local) when (local is IOException or UnauthorizedAccessException)
        {
            terminal.Explain(new Failure(ExitCode.Error, local.Message));
            return ExitCode.Error.Number;
        }
        catch (Exception mistake)
        {
            var message = $"{mistake.GetType().Name}: {mistake.Message}";
            terminal.Explain(new Failure(ExitCode.Error, message, "That is our mistake; please report it."));
            return ExitCode.Error.Number;
        }
    }

    private async Task Dispatch(string[] words, CancellationToken cancelled)
    {
        var options = new GlobalOptions();
        var root = CommandTree.Build(
            CommandTree.All,
            options,
            (parsed, cancel) => new Invocation(parsed, options, terminal, surroundings, cancel));
        var parsed = root.Parse(words, Parsing);
        var command = parsed.CommandResult.Command;
        if (parsed.GetValue(options.Help) || words.Length == 0)
            terminal.Draw(HelpPage.Of(command, surroundings.ProgramName, options));
        else if (parsed.Errors.Count > 0)
            throw Misunderstood(parsed, command);
        else if (UnknownOption(parsed) is { } option)
            throw Failure.Usage($"There is no option `{option}` here.", HelpOn(command));
        else
            await parsed.InvokeAsync(Uncaught, cancelled);
    }

    /// <summary>An option that there is not, which the parser took for a word; behind <c>--</c> it is one.</summary>
    private static string? UnknownOption(ParseResult parsed)
    {
        var open = parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).ToArray();
        return parsed.CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(word => word.Tokens)
            .FirstOrDefault(token => token.Value is ['-', _, ..] && open.Contains(token))?.Value;
    }

    private static string DidYouMean(string word, Command group) =>
        Spelling.Nearest(word, group.Subcommands.Select(command => command.Name)) is { } name
            ? $" Did you mean `{name}`?"
            : "";

    private Failure Misunderstood(ParseResult parsed, Command command)
    {
        var message = parsed.UnmatchedTokens is [var word, ..] && command is not Verb
            ? $"There is no command `{word}`.{DidYouMean(word, command)}"
            : string.Join('\n', parsed.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal));
        return Failure.Usage(message, HelpOn(command));
    }

    private string HelpOn(Command command) =>
        $"See `{surroundings.ProgramName} help{(command is Verb verb ? $" {verb.Entry.Name}" : "")}`.";
}
