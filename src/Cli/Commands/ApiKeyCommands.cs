using System.CommandLine;
using System.Text.Json;
using Gatehouse.Cli.Api;
using Gatehouse.Cli.Output;
using Gatehouse.Cli.Questions;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Gatehouse.Cli.Commands;

/// <summary>The keys with which programs, this one among them, act for the account.</summary>
internal static class ApiKeyCommands
{
    private const string Path = "/api/account_keys";

    /// <summary><c>account:api_keys</c>: all of them; a key itself is shown only when it is made.</summary>
    public static void List(Verb verb) => verb.Runs(async run =>
    {
        var reply = await run.AsAccount().Get(Path, run.Cancelled);
        run.Show(reply.OrFail().Data, Table);
    });

    /// <summary><c>account:api_keys:create</c>: a key for one purpose, shown this once.</summary>
    public static void Create(Verb verb)
    {
        var name = verb.Argument<string>("NAME", "Letters, digits, `-`, `_` and `.`", ArgumentArity.ExactlyOne);
        var scopes = verb.Repeated("--scope", "SCOPE", "account:read, apps or billing, one or more; else everything");
        scopes.AcceptOnlyFromAmong("account:read", "apps", "billing");
        var expires = verb.Option("--expires", "WHEN", "A date, a time (ISO 8601), or a span such as 12h, 30d, 8w");
        var stepUp = StepUp.Of(verb);
        verb.Runs(async run =>
        {
            var request = new ApiKeyRequest
            {
                Name = run.Value(name),
                Scopes = run.Value(scopes) is { Length: > 0 } some ? some : null,
                ExpiresAt = run.Value(expires) is { } text ? Expiry.Parse(text, TimeProvider.System) : null,
            };
            var client = run.AsAccount();
            var reply = await stepUp.Send(run, proof => client.Post(
                Path,
                request with { CurrentPassword = proof.Password, MfaToken = proof.MfaToken },
                ApiKeyWire.Default.ApiKeyRequest,
                run.Cancelled));
            run.Show(reply.Data, key => new FieldList()
                .Add("Key", key.Text("key"))
                .Add("Name", key.Text("name"))
                .Add("Scopes", ScopesOf(key))
                .Add("Expires", key.Time("expires_at") is { } at ? $"{at} UTC" : "never"));
            run.Terminal.Hint("Keep the key now: it is not shown again.");
        });
    }

    /// <summary><c>account:api_keys:revoke</c>: dead at once, on every machine that has it.</summary>
    public static void Revoke(Verb verb)
    {
        var name = verb.Argument<string>("NAME", "As `account:api_keys` lists it", ArgumentArity.ExactlyOne);
        var stepUp = StepUp.Of(verb);
        verb.Runs(async run =>
        {
            var client = run.AsAccount();
            var key = await Find(run, client, run.Value(name)!);
            await stepUp.Send(run, proof => client.Delete(
                $"{Path}/{Uri.EscapeDataString(key.Name)}",
                new ApiKeyRequest { CurrentPassword = proof.Password, MfaToken = proof.MfaToken },
                ApiKeyWire.Default.ApiKeyRequest,
                run.Cancelled));
            run.Terminal.Cheer($"The key {key.Name} is revoked.");
            if (!key.Current)
                return;

            await run.ForgetKey();
            run.Terminal.Complain($"It was the key of this machine, which is now logged out: `{run.Program} login`.");
        });
    }

    /// <summary>
    /// <c>account:api_key:reset</c>: one new key for all there were. Whether to keep it is asked before the old ones
    /// die, so that whoever breaks off there has lost nothing.
    /// </summary>
    public static void Reset(Verb verb)
    {
        var stepUp = StepUp.Of(verb);
        var yes = verb.Flag("--yes", "Save the new key for the commands to come, without asking", "-y");
        verb.Runs(async run =>
        {
            var (server, credentials) = (run.Server, run.Credentials);
            var proof = await stepUp.Ask(run);
            var saves = run.Interview.Confirm(
                $"Save the new key in {run.Netrc.Path}, in the place of the old one?", yes, byDefault: false);
            var reply = await stepUp.Send(run, proof, proven => run.As(credentials, server).Post(
                "/api/api_keys/regenerate",
                new ApiKeyRequest { CurrentPassword = proven.Password, MfaToken = proven.MfaToken },
                ApiKeyWire.Default.ApiKeyRequest,
                run.Cancelled));
            var key = reply.Read(ApiKeyWire.Default.ApiKeyReply).Key;
            run.Terminal.Cheer("Every old API key is revoked.");
            if (saves)
            {
                await run.StayLoggedIn(credentials with { Key = key }, server);
                run.Terminal.Say($"The new one is saved in {run.Netrc.Path}.");
                run.WarnOfEnvironment();
                return;
            }

            run.Show(reply.Data, _ => new Rows(new Text(key)));
            run.Terminal.Hint($"Not saved: the commands to come need it there, or `{run.Program} login`.");
        });
    }

    private static async Task<ListedApiKey> Find(Invocation run, ApiClient client, string name)
    {
        var reply = await client.Get(Path, run.Cancelled);
        var keys = reply.OrFail().Read(ApiKeyWire.Default.ListedApiKeyArray);
        if (Array.Find(keys, key => key.Name == name) is { } found)
            return found;

        var near = Spelling.Nearest(name, keys.Select(key => key.Name)) is { } other ? $" Did you mean `{other}`?" : "";
        throw new Failure(
            ExitCode.Error, $"There is no key `{name}`.{near}", $"`{run.Program} account:api_keys` lists them.");
    }

    private static Rows Table(JsonElement keys)
    {
        var table = new RecordTable("No API keys.", "Name", "Created", "Last used (UTC)", "Expires (UTC)", "Scopes");
        foreach (var key in keys.Items())
            table.Add(
                key.Is("current") ? $"{key.Text("name")} *" : key.Text("name"),
                key.Date("created_at"),
                key.Time("last_used_at") ?? "never",
                key.Time("expires_at") ?? "never",
                ScopesOf(key));
        IRenderable[] legend = keys.Items().Any(key => key.Is("current"))
            ? [new Text("\n* the key of this machine", Color.Grey)]
            : [];
        return new Rows([table, .. legend]);
    }

    private static string ScopesOf(JsonElement key) =>
        string.Join(", ", key.Items("scopes").Select(scope => scope.ToString())) is { Length: > 0 } names
            ? names
            : "everything";
}
