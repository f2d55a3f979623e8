using System.CommandLine;
using Gatehouse.Cli.Api;
using Gatehouse.Cli.Output;

namespace Gatehouse.Cli.Commands;

/// <summary>What the program says about itself.</summary>
internal static class HelpCommands
{
    /// <summary>
    /// <c>help</c>: of the program, of a command in either spelling, of the exit codes; <c>help --json</c> is all of
    /// it.
    /// </summary>
    public static void Help(Verb verb)
    {
        var topic = verb.Argument<string[]>("COMMAND", "A command, or `exit-codes`", ArgumentArity.ZeroOrMore);
        verb.Runs(run =>
        {
            var words = run.Value(topic) ?? [];
            if (words is [] && run.Value(run.Options.Json))
                run.Terminal.Print(JsonText.Of(CommandList.Of(run.Root, run.Options)));
            else
                run.Terminal.Draw(words is ["exit-codes"]
                    ? HelpPage.OfExitCodes()
                    : HelpPage.Of(Find(run.Root, words, run.Program), run.Program, run.Options));
            return Task.CompletedTask;
        });
    }

    /// <summary><c>version</c>: bare, so that scripts can compare it.</summary>
    public static void Version(Verb verb) => verb.Runs(run =>
    {
        run.Terminal.Print(VersionCheck.OurVersion);
        return Task.CompletedTask;
    });

    /// <summary>The command that the words lead to, whether they stand alone or with colons.</summary>
    private static Command Find(Command root, string[] words, string program)
    {
        var name = string.Join(':', words);
        return name.Length == 0 ? root
            : Named(root, name)
            ?? name.Split(':').Aggregate((Command?)root, (parent, word) => parent is null ? null : Named(parent, word))
            ?? throw Failure.Usage($"There is no command `{name}`.", $"`{program} help` lists them.");
    }

    private static Command? Named(Command parent, string name) =>
        parent.Subcommands.FirstOrDefault(command => command.Name == name || command.Aliases.Contains(name));
}
