using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Gatehouse.Cli.Output;
using Gatehouse.Cli.Questions;

namespace Gatehouse.Cli.Commands;

/// <summary>PostgreSQL's own terminal on a database of an app.</summary>
internal static class PsqlCommands
{
    /// <summary><c>pg:psql</c>: the password goes by the environment, so that no list of processes shows it.</summary>
    public static void Open(Verb verb)
    {
        var app = AppChoice.Of(verb);
        var id = verb.Option("--database_id", "ID", "Else the only one of the app", "-d", "--database-id");
        verb.Runs(async run =>
        {
            var reply = await run.AsAccount().Get(await app.PathOf(run, "/databases"), run.Cancelled);
            var database = Choose(run, reply.OrFail().Data, run.Value(id));
            using var psql = Start(database, run);
            await psql.WaitForExitAsync(run.Cancelled);
            if (psql.ExitCode != 0) throw new Failure(ExitCode.Error, $"psql ended with exit code {psql.ExitCode}.");
        });
    }

    private static JsonElement Choose(Invocation run, JsonElement databases, string? id)
    {
        var there = databases.Items()
            .Where(database => database.Text("state") == "AVAILABLE" && database.Text("url") is not null)
            .Where(database => id is null || database.Text("id") == id)
            .ToList();
        var hint = $"`{run.Program} pg` lists them.";
        return there switch
        {
            [var only] => only,
            [] => throw new Failure(ExitCode.Error, "There is no database to connect to.", hint),
            _ => throw Failure.Usage($"There are {there.Count} databases; --database_id says which one.", hint),
        };
    }

    private static Process Start(JsonElement database, Invocation run)
    {
        var start = new ProcessStartInfo("psql") { UseShellExecute = false };
        (string Name, string Part)[] parts =
        [
            ("PGHOST", "host"), ("PGPORT", "port"), ("PGUSER", "username"), ("PGPASSWORD", "password"),
            ("PGDATABASE", "database"),
        ];
        foreach (var (name, part) in parts) start.Environment[name] = database.Text(part);
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new Failure(
                ExitCode.Error, "psql is not on this machine.",
                $"It comes with PostgreSQL's clients; any other takes the address that `{run.Program} pg` shows.");
        }
    }
}
