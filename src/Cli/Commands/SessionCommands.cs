using System.CommandLine;
using System.Text.Json;
using Gatehouse.Cli.Output;
using Gatehouse.Cli.Questions;

namespace Gatehouse.Cli.Commands;

/// <summary>Browsers and token holders that are logged in; command lines have keys instead.</summary>
internal static class SessionCommands
{
    private const string Path = "/api/sessions";

    /// <summary><c>account:sessions</c>.</summary>
    public static void List(Verb verb) => verb.Runs(async run =>
    {
        var reply = await run.AsAccount().Get(Path, run.Cancelled);
        run.Show(reply.OrFail().Data, Table);
    });

    /// <summary><c>account:sessions:end</c>: that browser has to log in again.</summary>
    public static void End(Verb verb)
    {
        var id = verb.Argument<string>("ID", "As `account:sessions` lists it", ArgumentArity.ExactlyOne);
        verb.Runs(async run =>
        {
            var hint = $"`{run.Program} account:sessions` lists them.";
            var name = Identifier.Read(run.Value(id)!, "session", hint);
            var reply = await run.AsAccount().Delete($"{Path}/{name}", run.Cancelled);
            reply.OrNotFound($"There is no session {name}.", hint);
            run.Terminal.Cheer($"The session {name} is ended.");
        });
    }

    private static RecordTable Table(JsonElement sessions)
    {
        var table = new RecordTable(
            "No browser is logged in.", "ID", "Last seen (UTC)", "Address", "Device");
        foreach (var session in sessions.Items())
            table.Add(
                session.Text("id"), session.Time("last_seen_at"), session.Text("address"), session.Text("device"));
        return table;
    }
}
