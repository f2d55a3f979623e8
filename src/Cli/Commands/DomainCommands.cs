using System.CommandLine;
using System.Text.Json;
using Gatehouse.Cli.Api;
using Gatehouse.Cli.Output;
using Gatehouse.Cli.Questions;

namespace Gatehouse.Cli.Commands;

/// <summary>Custom domains of an app.</summary>
internal static class DomainCommands
{
    private const string Below = "/domains";

    /// <summary><c>domains</c>.</summary>
    public static void List(Verb verb)
    {
        var app = AppChoice.Of(verb);
        verb.Runs(async run =>
            run.Show((await run.AsAccount().Get(await app.PathOf(run, Below), run.Cancelled)).OrFail().Data, Table));
    }

    /// <summary><c>domains:add</c>: says where the name has to point.</summary>
    public static void Add(Verb verb)
    {
        var app = AppChoice.Of(verb);
        var fqdn = Fqdn(verb);
        verb.Runs(async run =>
        {
            var wanted = new DomainRequest(run.Value(fqdn)!);
            var reply = await run.AsAccount().Post(
                await app.PathOf(run, Below), wanted, DomainWire.Default.DomainRequest, run.Cancelled);
            run.Show(reply.OrFail().Data, added => new FieldList()
                .Add("Domain", wanted.Fqdn)
                .Add("CNAME", added.Text("cname")));
            run.Terminal.Hint($"Point {wanted.Fqdn} at that name with your name server.");
        });
    }

    /// <summary><c>domains:remove</c>.</summary>
    public static void Remove(Verb verb)
    {
        var app = AppChoice.Of(verb);
        var fqdn = Fqdn(verb);
        verb.Runs(async run =>
        {
            var gone = new DomainRequest(run.Value(fqdn)!);
            var reply = await run.AsAccount().Delete(
                await app.PathOf(run, Below), gone, DomainWire.Default.DomainRequest, run.Cancelled);
            if (reply.Errors.Says("Not found"))
                reply.OrNotFound($"The app has no domain {gone.Fqdn}.", $"`{run.Program} domains` lists them.");
            reply.OrFail();
            run.Terminal.Cheer($"{gone.Fqdn} is removed.");
        });
    }

    private static Argument<string> Fqdn(Verb verb) =>
        verb.Argument<string>("FQDN", "The domain: www.example.com", ArgumentArity.ExactlyOne);

    private static RecordTable Table(JsonElement domains)
    {
        var table = new RecordTable("No custom domains.", "Domain");
        foreach (var domain in domains.Items())
            table.Add(domain.GetString());
        return table;
    }
}
