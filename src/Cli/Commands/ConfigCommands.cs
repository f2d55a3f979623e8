using System.CommandLine;
using System.Text.Json;
using Gatehouse.Cli.Api;
using Gatehouse.Cli.Output;
using Gatehouse.Cli.Questions;

namespace Gatehouse.Cli.Commands;

/// <summary>Variables of an app's environment.</summary>
internal static class ConfigCommands
{
    private const string Below = "/configs";

    /// <summary><c>config</c>.</summary>
    public static void List(Verb verb)
    {
        var app = AppChoice.Of(verb);
        verb.Runs(async run =>
            run.Show((await run.AsAccount().Get(await app.PathOf(run, Below), run.Cancelled)).OrFail().Data, Draw));
    }

    /// <summary><c>config:set</c>: all of them or none; from a pipe they stand in no list of processes.</summary>
    public static void Set(Verb verb)
    {
        var app = AppChoice.Of(verb);
        var words = verb.Argument<string[]>("NAME=VALUE", "One or more variables", ArgumentArity.ZeroOrMore);
        var fromInput = verb.Flag("--stdin", "Read them from standard input, one a line");
        var avoidRestart = verb.Flag("--avoid_restart", "Let what runs go on without them", "--avoid-restart");
        verb.Validators.Add(command =>
        {
            if ((command.GetResult(words) is { Tokens.Count: > 0 }) == (command.GetResult(fromInput) is not null))
                command.AddError("Give NAME=VALUE, or --stdin with one a line.");
        });
        verb.Runs(async run =>
        {
            string[] given = run.Value(fromInput) ? [.. Lines(run.Terminal)] : run.Value(words) ?? [];
            var wanted = new ConfigRequest(Read(given), run.Value(avoidRestart));
            var reply = await run.AsAccount().Post(
                await app.PathOf(run, Below), wanted, ConfigWire.Default.ConfigRequest, run.Cancelled);
            reply.OrFail();
            run.Terminal.Cheer($"Set: {string.Join(", ", wanted.Configs!.Keys)}.");
        });
    }

    /// <summary><c>config:copy</c>.</summary>
    public static void Copy(Verb verb)
    {
        var app = AppChoice.Of(verb);
        var from = verb.Argument<string>("FROM", "The app to copy from", ArgumentArity.ExactlyOne);
        verb.Runs(async run =>
        {
            var (name, other) = (await app.Find(run), run.Value(from)!);
            var reply = await run.AsAccount().Post(
                AppChoice.Path(name, $"{Below}/copy"), new ConfigRequest(From: other),
                ConfigWire.Default.ConfigRequest, run.Cancelled);
            reply.OrFail();
            run.Terminal.Cheer($"{name} has the variables of {other} now, beside its own.");
        });
    }

    /// <summary><c>config:unset</c>.</summary>
    public static void Unset(Verb verb)
    {
        var app = AppChoice.Of(verb);
        var name = verb.Argument<string>("NAME", "The variable", ArgumentArity.ExactlyOne);
        verb.Runs(async run =>
        {
            var gone = new ConfigRequest(Key: run.Value(name));
            var reply = await run.AsAccount().Delete(
                await app.PathOf(run, Below), gone, ConfigWire.Default.ConfigRequest, run.Cancelled);
            if (reply.Errors.Says("Not found"))
                reply.OrNotFound($"The app has no variable {gone.Key}.", $"`{run.Program} config` lists them.");
            reply.OrFail();
            run.Terminal.Cheer($"{gone.Key} is gone.");
        });
    }

    private static Dictionary<string, string> Read(IEnumerable<string> given)
    {
        var configs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in given)
        {
            var parts = word.Split('=', 2);
            if (parts is not [{ Length: > 0 } name, var value])
                throw Failure.Usage("A variable is given as NAME=VALUE.");
            configs[name] = value;
        }

        return configs;
    }

    private static List<string> Lines(Terminal terminal)
    {
        var lines = new List<string>();
        while (terminal.ReadLine() is { } line)
        {
            if (line.Length > 0)
                lines.Add(line);
        }

        return lines;
    }

    private static FieldList Draw(JsonElement configs)
    {
        var fields = new FieldList();
        if (configs.ValueKind != JsonValueKind.Object)
            return fields;
        foreach (var config in configs.EnumerateObject().OrderBy(config => config.Name, StringComparer.Ordinal))
            fields.Add(config.Name, config.Value.GetString());
        return fields;
    }
}
