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

    private static FieldList Draw(JsonElement status) => new FieldList()
        .Add("Name", status.Text("unique_name"))
        .Add("Replicas", $"{status.Text("replicas_running")} running, {status.Text("replicas_desired")} wanted")
        .Add("Size", $"{status.Text("size")} GB")
        .Add("Cloud", status.Text("cloud"))
        .Add("Region", status.Text("region"))
        .Add("Stack", status.Text("stack"));
}
