using System.CommandLine;
using Gatehouse.Cli.Questions;

namespace Gatehouse.Cli;

/// <summary>A command while it is being declared: its flags, its questions, and what it does.</summary>
/// <param name="name">The last word it is called by, or all of them with colons.</param>
/// <param name="entry">The line of the command tree that it comes from.</param>
/// <param name="start">Makes what the command works with when it runs.</param>
internal sealed class Verb(
    string name, CommandEntry entry, Func<ParseResult, CancellationToken, Invocation> start)
    : Command(name, entry.Summary)
{
    /// <summary>The line of the command tree that this command comes from.</summary>
    public CommandEntry Entry => entry;

    /// <summary>A flag without a value.</summary>
    public Option<bool> Flag(string flag, string description, params string[] aliases)
    {
        var option = new Option<bool>(flag, aliases) { Description = description, Arity = ArgumentArity.Zero };
        Add(option);
        return option;
    }

    /// <summary>A flag that is taken for the sake of old scripts, and ignored.</summary>
    public void Ignores(string flag, params string[] aliases) => Flag(flag, "Ignored", aliases).Hidden = true;

    /// <summary>A flag with a value, for which another word stands in the help: <c>EMAIL</c>.</summary>
    public Option<string> Option(string flag, string value, string description, params string[] aliases)
    {
        var option = new Option<string>(flag, aliases) { Description = description, HelpName = value };
        Add(option);
        return option;
    }

    /// <summary>A flag with a value that may be given more than once.</summary>
    public Option<string[]> Repeated(string flag, string value, string description)
    {
        var option = new Option<string[]>(flag) { Description = description, HelpName = value };
        Add(option);
        return option;
    }

    /// <summary>A flag with a number from 1 on.</summary>
    public Option<int> Number(string flag, string description, int otherwise)
    {
        var option = new Option<int>(flag)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => otherwise,
        };
        option.Validators.Add(given =>
        {
            if (given.Tokens is [var word] && (!int.TryParse(word.Value, out var number) || number < 1))
                given.AddError($"{flag} takes a number from 1 on.");
        });
        Add(option);
        return option;
    }

    /// <summary>A word after the command, for which another one stands in the help: <c>NAME</c>.</summary>
    public Argument<T> Argument<T>(string word, string description, ArgumentArity arity)
    {
        var argument = new Argument<T>(word) { Description = description, Arity = arity };
        Add(argument);
        return argument;
    }

    /// <summary>Something to ask for unless its flag is given.</summary>
    public Question Asks(string prompt, string flag, string value, string description, params string[] aliases) =>
        new(prompt, Option(flag, value, description, aliases));

    /// <summary>A secret to ask for, unseen, unless one of its flags is given.</summary>
    public SecretQuestion AsksSecret(string prompt, string flag, params string[] aliases)
    {
        var (safer, what) = (flag.Replace('_', '-'), prompt.ToLowerInvariant());
        var fromFile = Option($"{safer}-file", "FILE", $"Read the {what} from a file's first line");
        var fromInput = Flag($"{safer}-stdin", $"Read the {what} from a line of standard input");
        var asText = Option(flag, "TEXT", "As it is; other users may see it in the list of processes", aliases);
        Validators.Add(command =>
        {
            if (new Option[] { fromFile, fromInput, asText }.Count(option => command.GetResult(option) is not null) > 1)
                command.AddError($"Give only one of {safer}-file, {safer}-stdin and {flag}.");
        });
        return new SecretQuestion(prompt, asText, fromInput, fromFile);
    }

    /// <summary>What the command does. It ends by returning, or with a <see cref="Failure"/>.</summary>
    public void Runs(Func<Invocation, Task> body) =>
        SetAction((words, cancelled) => body(start(words, cancelled)));
}
