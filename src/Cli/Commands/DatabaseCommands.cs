using System.CommandLine;
using System.Text.Json;
using Gatehouse.Cli.Api;
using Gatehouse.Cli.Output;
using Gatehouse.Cli.Questions;

namespace Gatehouse.Cli.Commands;

/// <summary>PostgreSQL databases of an app.</summary>
internal static class DatabaseCommands
{
    private const string SmallestSize = "0.6";

    /// <summary><c>pg</c>.</summary>
    public static void List(Verb verb)
    {
        var app = AppChoice.Of(verb);
        verb.Runs(async run =>
        {
            var reply = await run.AsAccount().Get(await app.PathOf(run, "/databases"), run.Cancelled);
            run.Show(reply.OrFail().Data, Table);
        });
    }

    /// <summary><c>pg:create</c>: a paid one, or after a question the free one.</summary>
    public static void Create(Verb verb)
    {
        var app = AppChoice.Of(verb);
        var size = verb.Option("--size", "GB", $"How large: 0.6, 1.7, 4, 8, … (else {SmallestSize})", "-s");
        var cloud = verb.Option("--cloud", "CLOUD", "Whose machines it runs on; else those of the app", "-c");
        var region = verb.Option("--region", "REGION", "Where; else where the app is", "-r");
        var version = verb.Option("--version", "VERSION", "Such as POSTGRES_17", "-v");
        var free = verb.Flag("--free", "The free one of a free account", "-f");
        var yes = verb.Flag("--yes", "Do not ask", "-y");
        verb.Runs(async run =>
        {
            var name = await app.Find(run);
            var isFree = run.Value(free);
            if (isFree)
                Agree(run, yes);
            var wanted = new DatabaseRequest
            {
                Size = isFree ? null : Sizes.Read(run.Value(size) ?? SmallestSize, "--size"),
                Cloud = run.Value(cloud),
                Region = run.Value(region),
                Version = run.Value(version),
            };
            var path = AppChoice.Path(name, isFree ? "/free_databases" : "/databases");
            var reply = await run.AsAccount().Post(path, wanted, DatabaseWire.Default.DatabaseRequest, run.Cancelled);
            run.Show(reply.OrFail().Data, Draw);
            if (reply.Data.Text("state") == "PENDING")
                run.Terminal.Hint($"It is being made; `{run.Program} pg` shows when it is there.");
        });
    }

    /// <summary><c>pg:scale</c>.</summary>
    public static void Scale(Verb verb)
    {
        var app = AppChoice.Of(verb);
        var id = Id(verb);
        var size = verb.Option("--size", "GB", "How large: 0.6, 1.7, 4, 8, …", "-s");
        var availability = verb.Option("--high_availability", "enabled|disabled", "Whether a second one stands by");
        verb.Runs(async run =>
        {
            var wanted = new DatabaseRequest
            {
                Size = Sizes.Read(run.Value(size), "--size"),
                HighAvailability = run.Value(availability),
            };
            var chosen = Ask(run, id);
            var path = await PathOf(run, app, chosen);
            var reply = await run.AsAccount().Put(path, wanted, DatabaseWire.Default.DatabaseRequest, run.Cancelled);
            run.Show(Found(run, reply, chosen).Data, Draw);
        });
    }

    /// <summary><c>pg:destroy</c>.</summary>
    public static void Destroy(Verb verb)
    {
        var app = AppChoice.Of(verb);
        var id = Id(verb);
        var yes = verb.Flag("--yes", "Do not ask", "-y");
        verb.Runs(async run =>
        {
            var chosen = Ask(run, id);
            var path = await PathOf(run, app, chosen);
            run.Terminal.Say("The database goes with everything in it, and cannot be brought back.");
            if (!run.Interview.Confirm("Destroy it?", yes, byDefault: false))
                throw new Failure(ExitCode.Cancelled, "Nothing was destroyed.");
            var reply = Found(run, await run.AsAccount().Delete(path, run.Cancelled), chosen);
            run.Terminal.Cheer("The database is destroyed, and costs nothing from now on.");
            if (reply.Data.ValueKind == JsonValueKind.Object && reply.Data.Text("state") == "DELETING")
                run.Terminal.Hint("Its server is still dropping it, and ends that by itself.");
        });
    }

    /// <summary><c>pg:restart</c>, <c>pg:stop</c> and <c>pg:start</c>.</summary>
    public static Action<Verb> Change(string below) => verb =>
    {
        var app = AppChoice.Of(verb);
        var id = Id(verb);
        verb.Runs(async run =>
        {
            var chosen = Ask(run, id);
            var path = $"{await PathOf(run, app, chosen)}/{below}";
            var reply = await run.AsAccount().Put(
                path, new DatabaseRequest(), DatabaseWire.Default.DatabaseRequest, run.Cancelled);
            run.Show(Found(run, reply, chosen).Data, Draw);
        });
    };

    /// <summary><c>pg:upgrade</c> and <c>pg:read_replicas:create</c>.</summary>
    public static Action<Verb> Extend(string below) => verb =>
    {
        var app = AppChoice.Of(verb);
        var id = Id(verb);
        var version = below == "upgrade" ? verb.Option("--version", "VERSION", "Such as POSTGRES_17", "-v") : null;
        var size = version is null ? verb.Option("--size", "GB", "How large; else like the database", "-s") : null;
        verb.Runs(async run =>
        {
            var wanted = new DatabaseRequest
            {
                Version = version is null ? null : run.Value(version),
                Size = size is null ? null : Sizes.Read(run.Value(size), "--size"),
            };
            var chosen = Ask(run, id);
            var path = $"{await PathOf(run, app, chosen)}/{below}";
            var reply = await run.AsAccount().Post(path, wanted, DatabaseWire.Default.DatabaseRequest, run.Cancelled);
            run.Show(Found(run, reply, chosen).Data, Draw);
        });
    };

    /// <summary><c>pg:backups</c> and <c>pg:read_replicas</c>.</summary>
    public static Action<Verb> ListBelow(string below) => verb =>
    {
        var app = AppChoice.Of(verb);
        var id = Id(verb);
        verb.Runs(async run =>
        {
            var chosen = Ask(run, id);
            var reply = await run.AsAccount().Get($"{await PathOf(run, app, chosen)}/{below}", run.Cancelled);
            run.Show(Found(run, reply, chosen).Data, Table);
        });
    };

    /// <summary><c>pg:backups:restore</c>.</summary>
    public static void Restore(Verb verb)
    {
        var app = AppChoice.Of(verb);
        var id = Id(verb);
        var backup = verb.Asks("Backup ID", "--backup_id", "ID", "As `pg:backups` lists it", "-b", "--backup-id");
        verb.Runs(async run =>
        {
            var (chosen, which) = (Ask(run, id), run.Interview.Ask(backup));
            var path = $"{await PathOf(run, app, chosen)}/backups/{Uri.EscapeDataString(which)}/restore";
            var reply = await run.AsAccount().Post(
                path, new DatabaseRequest(), DatabaseWire.Default.DatabaseRequest, run.Cancelled);
            run.Show(Found(run, reply, chosen).Data, Draw);
        });
    }

    private static Question Id(Verb verb) =>
        verb.Asks("Database ID", "--database_id", "ID", "As `pg` lists it", "-d", "--database-id");

    private static string Ask(Invocation run, Question id) =>
        Identifier.Read(run.Interview.Ask(id), "database", Hint(run));

    private static Task<string> PathOf(Invocation run, AppChoice app, string id) =>
        app.PathOf(run, $"/databases/{id}");

    private static ApiReply Found(Invocation run, ApiReply reply, string id) => reply.Errors.Says("Not found")
        ? reply.OrNotFound($"There is no database {id}.", Hint(run))
        : reply.OrFail();

    private static string Hint(Invocation run) => $"`{run.Program} pg` lists them.";

    private static void Agree(Invocation run, Option<bool> yes)
    {
        run.Terminal.Say(
            "A free database is for trying things out: at most 10,000 rows, then it becomes read-only; no backups.");
        if (!run.Interview.Confirm("Create a free database?", yes, byDefault: false))
            throw new Failure(ExitCode.Cancelled, "Nothing was created.");
    }

    private static RecordTable Table(JsonElement databases)
    {
        var table = new RecordTable("No databases.", "ID", "Tier", "Size", "State", "Version", "URL");
        foreach (var database in databases.Items())
            table.Add(
                database.Text("id"), database.Text("tier"), database.Text("size"), database.Text("state"),
                database.Text("version"), database.Text("url"));
        return table;
    }

    private static FieldList Draw(JsonElement database) => new FieldList()
        .Add("ID", database.Text("id"))
        .Add("Tier", database.Text("tier"))
        .Add("Size", database.Text("size") is { } size ? $"{size} GB" : null)
        .Add("Version", database.Text("version"))
        .Add("State", database.Text("state"))
        .Add("URL", database.Text("url"))
        .Add("Note", database.Text("note"));
}
