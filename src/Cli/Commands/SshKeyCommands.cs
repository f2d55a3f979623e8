using System.CommandLine;
using System.Text.Json;
using Gatehouse.Cli.Api;
using Gatehouse.Cli.Output;

namespace Gatehouse.Cli.Commands;

/// <summary>The public keys with which the account reaches git and machines.</summary>
internal static class SshKeyCommands
{
    private const string Path = "/api/ssh_keys";
    private const int LongestShown = 24;

    /// <summary><c>account:ssh_keys</c>.</summary>
    public static void List(Verb verb) => verb.Runs(async run =>
    {
        var reply = await run.AsAccount().Get(Path, run.Cancelled);
        run.Show(reply.OrFail().Data, Table);
    });

    /// <summary><c>account:ssh_keys:add</c>: the line of a <c>.pub</c> file, in quotes or not.</summary>
    public static void Add(Verb verb)
    {
        var words = verb.Argument<string[]>(
            "KEY", "The public key: `ssh-ed25519 AAAA… comment`", ArgumentArity.ZeroOrMore);
        var file = verb.Option("--file", "FILE", "Read the public key from a file, such as ~/.ssh/id_ed25519.pub");
        verb.Validators.Add(command =>
        {
            if ((command.GetResult(words) is { Tokens.Count: > 0 }) == (command.GetResult(file) is not null))
                command.AddError("Give the public key, or --file with a file that holds it.");
        });
        verb.Runs(async run =>
        {
            var key = run.Value(file) is { } path ? Read(path) : string.Join(' ', run.Value(words) ?? []);
            if (key.Contains("PRIVATE KEY", StringComparison.Ordinal))
                throw Failure.Usage("That is the private key, which stays where it is; give the one ending in .pub.");

            var reply = await run.AsAccount().Post(
                Path, new SshKeyRequest(SshKey: key.Trim()), SshKeyWire.Default.SshKeyRequest, run.Cancelled);
            reply.OrFail();
            run.Terminal.Cheer("The SSH key is added.");
        });
    }

    /// <summary><c>account:ssh_keys:remove</c>.</summary>
    public static void Remove(Verb verb)
    {
        var id = verb.Argument<string>("ID", "As `account:ssh_keys` lists it", ArgumentArity.ExactlyOne);
        verb.Runs(async run =>
        {
            var reply = await run.AsAccount().Delete(
                Path, new SshKeyRequest(Id: run.Value(id)), SshKeyWire.Default.SshKeyRequest, run.Cancelled);
            reply.OrNotFound($"There is no SSH key {run.Value(id)}.", $"`{run.Program} account:ssh_keys` lists them.");
            run.Terminal.Cheer($"The SSH key {run.Value(id)} is removed.");
        });
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new Failure(ExitCode.Error, $"The key cannot be read: {unreadable.Message}");
        }
    }

    private static RecordTable Table(JsonElement keys)
    {
        var table = new RecordTable("No SSH keys.", "ID", "Type", "Key", "Comment");
        foreach (var key in keys.Items())
        {
            var parts = (key.Text("key") ?? "").Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
            table.Add(key.Text("id"), Part(parts, 0), Ending(Part(parts, 1)), Part(parts, 2));
        }

        return table;
    }

    private static string Part(string[] parts, int index) => parts.Length > index ? parts[index] : "";

    /// <summary>Keys of one type begin alike: their ends tell them apart.</summary>
    private static string Ending(string key) => key.Length <= LongestShown ? key : $"…{key[^LongestShown..]}";
}
