using System.Text.Json;
using Gatehouse.Domain;
using Gatehouse.Features.Accounts;
using Gatehouse.Features.Audit;
using Gatehouse.Features.Tokens;

namespace Gatehouse.Commands;

/// <summary>
/// <c>admin</c>: what an operator does at the server's own command line. There is no administration over the network:
/// whoever may run this program may do what it does.
/// </summary>
public static class Admin
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    private static readonly IReadOnlyList<AdminVerb> Verbs =
    [
        new("account:show", "ADDRESS|NAME|ID", "show an account", ShowAccount),
        new("audit:verify", "[ADDRESS|NAME|ID]", "recompute the audit chains and name what does not fit", VerifyAudit),
        new("keys:rotate", "[now]", "publish the next token key; with now every token ends", RotateKeys),
    ];

    public static async Task<int> Run(WebApplication app, Verb verb)
    {
        if (verb.Words.Count == 0) return List(Console.Out, exitCode: 0);
        var chosen = Verbs.SingleOrDefault(v => v.Name == verb.Words[0]);
        if (chosen is null) return List(Console.Error, exitCode: 2);
        await using var scope = app.Services.CreateAsyncScope();
        return await chosen.Run(scope.ServiceProvider, verb.Words.ElementAtOrDefault(1) ?? "");
    }

    private static int List(TextWriter output, int exitCode)
    {
        foreach (var verb in Verbs) output.WriteLine($"admin {verb.Name + " " + verb.Words,-40} {verb.Does}");
        return exitCode;
    }

    private static async Task<int> ShowAccount(IServiceProvider services, string who)
    {
        var found = await services.GetRequiredService<FindAccount>().Run(Caller.Operator, who, CancellationToken.None);
        return found.Match(
            account =>
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(account, Indented));
                return 0;
            },
            _ => Fail($"There is no account {who}."));
    }

    private static async Task<int> VerifyAudit(IServiceProvider services, string who)
    {
        var verify = services.GetRequiredService<VerifyAudit>();
        var (checkedEntries, faults) = await verify.Run(Caller.Operator, who, CancellationToken.None);
        foreach (var fault in faults) Console.Error.WriteLine(fault);
        Console.Out.WriteLine($"{checkedEntries} entries checked, {faults.Count} do not fit.");
        return faults.Count == 0 ? 0 : 1;
    }

    private static async Task<int> RotateKeys(IServiceProvider services, string when)
    {
        if (when is not ("" or "now")) return Fail($"admin keys:rotate takes nothing or now, not {when}.");
        var rotation = when == "now" ? KeyRotation.AtOnce : KeyRotation.Next;
        await services.GetRequiredService<RotateTokenKeys>().Run(Caller.Operator, rotation, CancellationToken.None);
        Console.Out.WriteLine(when == "now" ? "A new key signs from now on." : "The next key is published.");
        return 0;
    }

    private static int Fail(string sentence)
    {
        Console.Error.WriteLine(sentence);
        return 1;
    }

    private sealed record AdminVerb(
        string Name, string Words, string Does, Func<IServiceProvider, string, Task<int>> Run);
}
