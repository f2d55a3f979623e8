using System.Globalization;
using System.Text.Json;
using Gatehouse.Cli.Api;
using Gatehouse.Cli.Output;
using Gatehouse.Cli.Questions;

namespace Gatehouse.Cli.Commands;

/// <summary>What runs of an app.</summary>
internal static class ReplicaCommands
{
    /// <summary><c>ps</c>: what is wanted, and what runs.</summary>
    public static void Show(Verb verb)
    {
        var app = AppChoice.Of(verb);
        verb.Runs(async run =>
        {
            var reply = await run.AsAccount().Get(await app.PathOf(run, "/status"), run.Cancelled);
            run.Show(reply.OrFail().Data, Draw);
        });
    }

    /// <summary><c>ps:scale</c>: how many, how large, or both.</summary>
    public static void Scale(Verb verb)
    {
        var app = AppChoice.Of(verb);
        var replicas = verb.Option("--replicas", "N", "How many", "-r");
        var size = verb.Option("--size", "GB", "How large each of them is: 0.2, 0.5, 1.0", "-s");
        verb.Validators.Add(command =>
        {
            if (command.GetResult(replicas) is null && command.GetResult(size) is null)
                command.AddError("Give --replicas, --size, or both.");
        });
        verb.Runs(async run =>
        {
            var wanted = new AppRequest
            {
                Replicas = run.Value(replicas) is { } many ? Whole(many) : null,
                Size = Sizes.Read(run.Value(size), "--size"),
            };
            var reply = await run.AsAccount().Put(
                await app.PathOf(run, "/scale"), wanted, AppWire.Default.AppRequest, run.Cancelled);
            run.Show(reply.OrFail().Data, scaled => new FieldList()
                .Add("Replicas", scaled.Text("replicas"))
                .Add("Size", $"{scaled.Text("size")} GB"));
        });
    }

    /// <summary><c>ps:restart</c>.</summary>
    public static void Restart(Verb verb)
    {
        var app = AppChoice.Of(verb);
        verb.Runs(async run =>
        {
            var name = await app.Find(run);
            var reply = await run.AsAccount().Put(
                AppChoice.Path(name, "/restart"), new AppRequest(), AppWire.Default.AppRequest, run.Cancelled);
            reply.OrFail();
            run.Terminal.Cheer($"{name} is being restarted.");
        });
    }

    private static int Whole(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Failure.Usage("--replicas takes a whole number.");

    /// <summary>When the platform said what runs.</summary>
    public static string Reported(JsonElement app) =>
        app.Time("reported_at") is { } at ? $"{at} UTC" : "nothing yet: the platform has not said what runs";

    private static FieldList Draw(JsonElement status)
    {
        var fields = new FieldList()
            .Add("Name", status.Text("unique_name"))
            .Add("Replicas", $"{status.Text("replicas_running")} running, {status.Text("replicas_desired")} wanted")
            .Add("Reported", Reported(status))
            .Add("Size", $"{status.Text("size")} GB")
            .Add("Cloud", status.Text("cloud"))
            .Add("Region", status.Text("region"))
            .Add("Stack", status.Text("stack"));
        foreach (var pod in status.Items("pods")) fields.Add("Instance", Describe(pod));
        return fields;
    }

    private static string Describe(JsonElement pod)
    {
        var version = pod.Text("version") is { Length: > 0 } said ? $", version {said}" : "";
        var commit = pod.Text("sha") is { Length: > 0 } sha ? $", commit {sha}" : "";
        return $"{pod.Text("name")}: {pod.Text("status")}{version}{commit}";
    }
}
