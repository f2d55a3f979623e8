using System.CommandLine;
using System.Text.Json;
using Gatehouse.Cli.Api;
using Gatehouse.Cli.Output;
using Gatehouse.Cli.Questions;

namespace Gatehouse.Cli.Commands;

/// <summary>Who may work on an app.</summary>
internal static class CollaboratorCommands
{
    private const string Below = "/permissions";

    /// <summary><c>access</c>.</summary>
    public static void List(Verb verb)
    {
        var app = AppChoice.Of(verb);
        verb.Runs(async run =>
            run.Show((await run.AsAccount().Get(await app.PathOf(run, Below), run.Cancelled)).OrFail().Data, Table));
    }

    /// <summary><c>access:add</c>: the server mails whoever it is.</summary>
    public static void Add(Verb verb)
    {
        var app = AppChoice.Of(verb);
        var email = Email(verb);
        var role = verb.Option("--role", "ROLE", "COLLABORATOR (may change everything; the default) or VIEWER");
        verb.Runs(async run =>
        {
            var wanted = new CollaboratorRequest(
                run.Value(email)!, (run.Value(role) ?? "COLLABORATOR").ToUpperInvariant());
            var reply = await run.AsAccount().Post(
                await app.PathOf(run, Below), wanted, CollaboratorWire.Default.CollaboratorRequest, run.Cancelled);
            reply.OrFail();
            run.Terminal.Cheer($"{wanted.Email} has access as {Words.Name(wanted.Role!)} and is told so by mail.");
        });
    }

    /// <summary><c>access:remove</c>.</summary>
    public static void Remove(Verb verb)
    {
        var app = AppChoice.Of(verb);
        var email = Email(verb);
        verb.Runs(async run =>
        {
            var gone = new CollaboratorRequest(run.Value(email)!);
            var reply = await run.AsAccount().Delete(
                await app.PathOf(run, Below), gone, CollaboratorWire.Default.CollaboratorRequest, run.Cancelled);
            if (reply.Errors.Says("Not found"))
                reply.OrNotFound($"{gone.Email} has no access.", $"`{run.Program} access` lists who has.");
            reply.OrFail();
            run.Terminal.Cheer($"{gone.Email} has no access any more.");
        });
    }

    private static Argument<string> Email(Verb verb) =>
        verb.Argument<string>("EMAIL", "The address of the person", ArgumentArity.ExactlyOne);

    private static RecordTable Table(JsonElement access)
    {
        var table = new RecordTable("Nobody.", "Role", "Email");
        table.Add("Owner", access.Text("owner"));
        foreach (var (role, list) in new[] { ("Collaborator", "collaborators"), ("Viewer", "viewers") })
        {
            foreach (var person in access.Items(list))
                table.Add(role, person.GetString());
        }

        return table;
    }
}
