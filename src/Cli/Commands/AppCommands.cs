using System.Text.Json;
using Gatehouse.Cli.Api;
using Gatehouse.Cli.Output;
using Gatehouse.Cli.Questions;

namespace Gatehouse.Cli.Commands;

/// <summary>The apps of the account, and those it was given access to.</summary>
internal static class AppCommands
{
    private const string Path = "/api/apps";

    /// <summary><c>apps</c>.</summary>
    public static void List(Verb verb) => verb.Runs(async run =>
        run.Show((await run.AsAccount().Get(Path, run.Cancelled)).OrFail().Data, Table));

    /// <summary><c>apps:create</c>: without replicas, so it costs nothing yet.</summary>
    public static void Create(Verb verb)
    {
        var name = verb.Option("--name", "NAME", "Its name; else one is made up", "-n");
        var cloud = verb.Option("--cloud", "CLOUD", "Whose machines it runs on, such as gcp or aws", "-c");
        var region = verb.Option("--region", "REGION", "Where, such as europe-west1", "-r");
        var stack = verb.Option("--stack", "STACK", "The system image it runs in", "-s");
        verb.Runs(async run =>
        {
            var wanted = new AppRequest
            {
                UniqueName = run.Value(name)?.ToLowerInvariant(),
                Cloud = run.Value(cloud),
                Region = run.Value(region),
                Stack = run.Value(stack),
            };
            var made = await run.AsAccount().Post(Path, wanted, AppWire.Default.AppRequest, run.Cancelled);
            run.Show(made.OrFail().Data, Draw);
            run.Terminal.Hint($"Next: `{run.Program} ps:scale --replicas 1` once there is something to run.");
        });
    }

    /// <summary><c>apps:info</c>.</summary>
    public static void Show(Verb verb)
    {
        var app = AppChoice.Of(verb);
        verb.Runs(async run =>
        {
            var reply = await run.AsAccount().Get(await app.PathOf(run), run.Cancelled);
            run.Show(reply.OrFail().Data, found => Draw(found)
                .Add("Running", found.Text("replicas_running"))
                .Add("Reported", ReplicaCommands.Reported(found)));
        });
    }

    /// <summary><c>apps:activity</c>.</summary>
    public static void ShowActivity(Verb verb)
    {
        var app = AppChoice.Of(verb);
        verb.Runs(async run =>
        {
            var reply = await run.AsAccount().Get(await app.PathOf(run, "/activity"), run.Cancelled);
            run.Show(reply.OrFail().Data, Activity);
        });
    }

    /// <summary><c>apps:destroy</c>: with everything that belongs to it. With -y the app has to be named.</summary>
    public static void Destroy(Verb verb)
    {
        var app = AppChoice.Of(verb);
        var yes = verb.Flag("--yes", "Do not ask", "-y");
        verb.Runs(async run =>
        {
            if (run.Value(yes) && app.Named(run) is null)
                throw Failure.Usage("Nothing is destroyed unasked and unnamed: give the app with --app_name.");
            var name = await app.Find(run);
            run.Terminal.Say(
                $"{name} goes with its databases, domains, access and configs, and cannot be brought back.");
            if (!run.Interview.Confirm($"Destroy {name}?", yes, byDefault: false))
                throw new Failure(ExitCode.Cancelled, "Nothing was destroyed.");
            var reply = await run.AsAccount().Delete(AppChoice.Path(name), run.Cancelled);
            reply.OrFail();
            run.Terminal.Cheer($"{name} is destroyed, and costs nothing from now on.");
        });
    }

    /// <summary><c>apps:maintenance:on</c> and <c>:off</c>.</summary>
    public static Action<Verb> Maintain(bool isOn) => verb =>
    {
        var app = AppChoice.Of(verb);
        verb.Runs(async run =>
        {
            var name = await app.Find(run);
            var reply = await run.AsAccount().Put(
                AppChoice.Path(name, "/maintenance"), new MaintenanceRequest(isOn),
                AppWire.Default.MaintenanceRequest, run.Cancelled);
            reply.OrFail();
            run.Terminal.Cheer($"Maintenance mode of {name} is {(isOn ? "on" : "off")}.");
        });
    };

    private static RecordTable Table(JsonElement apps)
    {
        var table = new RecordTable("No apps.", "Name", "Replicas", "Size", "Region", "Stack", "Role");
        foreach (var app in apps.Items())
            table.Add(
                app.Text("unique_name"), app.Text("replicas"), app.Text("size"), app.Text("region"), app.Text("stack"),
                Words.Name(app.Text("role") ?? ""));
        return table;
    }

    private static FieldList Draw(JsonElement app) => new FieldList()
        .Add("Name", app.Text("unique_name"))
        .Add("Replicas", app.Text("replicas"))
        .Add("Size", $"{app.Text("size")} GB")
        .Add("Cloud", app.Text("cloud"))
        .Add("Region", app.Text("region"))
        .Add("Stack", app.Text("stack"))
        .Add("Version", app.Text("version"))
        .Add("Maintenance", app.Is("maintenance") ? "on" : null)
        .Add("Your role", Words.Name(app.Text("role") ?? ""));

    private static RecordTable Activity(JsonElement events)
    {
        var table = new RecordTable("Nothing happened yet.", "When (UTC)", "What", "Who", "Detail");
        foreach (var happened in events.Items())
            table.Add(
                happened.Time("at"), happened.Text("event"), happened.Text("actor"), happened.Text("detail"));
        return table;
    }
}
