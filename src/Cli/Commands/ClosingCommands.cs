using System.Text.Json;
using Gatehouse.Cli.Api;
using Gatehouse.Cli.Output;
using Gatehouse.Cli.Questions;
using Spectre.Console;

namespace Gatehouse.Cli.Commands;

/// <summary>Leaving.</summary>
internal static class ClosingCommands
{
    private const string Path = "/api/users/destroy";

    /// <summary><c>account:destroy</c>: who, what it would mean, whether; only then it happens.</summary>
    public static void Close(Verb verb)
    {
        var email = verb.Asks("Email", "--email", "EMAIL", "The address of the account, to be sure", "-e");
        var stepUp = StepUp.Of(verb);
        var before = AppsBeforeClosing.Of(verb);
        var yes = verb.Flag("--yes", "Do not ask", "-y");
        verb.Runs(async run =>
        {
            var client = run.AsAccount();
            var address = run.Interview.Ask(email);
            var proof = await stepUp.Ask(run);
            var plan = (await client.Get(Path, run.Cancelled)).OrFail().Data;
            string[] apps = [.. plan.Items("apps").Select(app => app.GetString() ?? "")];
            run.Terminal.DrawAside(new Padder(Draw(plan, address), new Padding(0, 1)));
            before.Agree(run, apps);
            if (!run.Interview.Confirm("Close this account?", yes, byDefault: false))
                throw new Failure(ExitCode.Cancelled, "Nothing was closed.");

            await RequireAddress(run, client, address);
            await before.Close(run, apps, stepUp, proof, proven => client.Delete(
                Path,
                new CloseRequest(address, proven.Password, proven.MfaToken),
                ClosingWire.Default.CloseRequest,
                run.Cancelled));
            run.Terminal.Cheer($"The account of {address} is closed.");
            run.Terminal.Say($"A mail with a link to undo this is on its way; it works until {Erased(plan)}.");
            await run.ForgetKey();
        });
    }

    /// <summary>Whoever names another account than the one that is logged in here means that one.</summary>
    private static async Task RequireAddress(Invocation run, ApiClient client, string address)
    {
        var account = (await client.Get("/api/users", run.Cancelled)).OrFail().Data;
        if (!string.Equals(account.Text("email"), address.Trim(), StringComparison.OrdinalIgnoreCase))
            throw new Failure(ExitCode.Error, "Email does not match.");
    }

    private static FieldList Draw(JsonElement plan, string address) => new FieldList()
        .Add("Account", address)
        .Add("Ends at once", $"{Count(plan, "api_keys", "API key")}, {Count(plan, "sessions", "session")}")
        .Add("Erased later", $"{Count(plan, "ssh_keys", "SSH key")} and everything personal, {Erased(plan)}")
        .Add("Last invoice", plan.Cents("final_amount_cents") is { } last ? $"{last}, charged at once" : null)
        .Add("Still owed", plan.Number("owed_cents") is > 0 and var owed ? JsonReading.Dollars(owed) : null)
        .Add("Credits", plan.Number("credit_cents") is > 0 and var left ? $"{JsonReading.Dollars(left)}, lost" : null)
        .Add("Databases", plan.Number("databases") is > 0 and var many ? $"{many}, destroyed with their apps" : null)
        .Add("Card", plan.Text("payment_method") is { } card ? $"{card}, forgotten" : null)
        .Add("Google", plan.Text("google") is { } google ? $"{google}, unlinked" : null)
        .Add("Others' apps", plan.Items("shared_apps").Any() ? Names(plan, "shared_apps") : null)
        .Add("Undo", "by a link in a mail, until then");

    private static string Names(JsonElement plan, string list) =>
        string.Join(", ", plan.Items(list).Select(name => name.GetString()));

    private static string Count(JsonElement plan, string name, string one) => (plan.Text(name) ?? "0") switch
    {
        "1" => $"1 {one}",
        var number => $"{number} {one}s",
    };

    private static string Erased(JsonElement plan) =>
        plan.Time("erased_at") is { } at ? $"{at} UTC" : "its days of grace are over";
}
