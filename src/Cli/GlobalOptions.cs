using System.CommandLine;

namespace Gatehouse.Cli;

/// <summary>The options that every command has; they may stand before or after it.</summary>
internal sealed class GlobalOptions
{
    public Option<string> Host { get; } = new("--host")
    {
        Description = "Server address; else GATEHOUSE_HOST, else the last log-in",
        HelpName = "URL",
        Recursive = true,
    };

    public Option<bool> Json { get; } = Flag("--json", "Print results as JSON, as always when a script reads them");

    public Option<bool> NoInput { get; } = Flag("--no-input", "Never ask: a missing answer is an error");

    public Option<bool> Help { get; } = Flag("--help", "Explain the command", "-h");

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [Host, Json, NoInput, Help];

    /// <summary>Makes them known to a tree of commands.</summary>
    public void AddTo(RootCommand root)
    {
        foreach (var option in All)
            root.Add(option);
    }

    private static Option<bool> Flag(string name, string description, params string[] aliases) =>
        new(name, aliases) { Description = description, Recursive = true, Arity = ArgumentArity.Zero };
}
