namespace Gatehouse.Commands;

/// <summary>
/// <c>admin</c>: what an operator does at the server's own command line. There is no administration over the network:
/// whoever may run this program may do what it does.
/// </summary>
public static class Admin
{
    private const int Mistaken = 2;

    private static readonly IReadOnlyList<AdminVerb> Verbs =
    [
        new("account:list", "[--tier FREE|STANDARD] [--status S]", "list accounts, the newest first",
            AdminAccounts.List),
        new("account:show", "ADDRESS|NAME|ID", "show an account; never a secret", AdminAccounts.Show),
        new("account:suspend", "WHO --reason TEXT", "let it look, pay and leave, and nothing more",
            AdminAccounts.Suspend),
        new("account:restore", "WHO --reason TEXT", "end the suspension", AdminAccounts.Restore),
        new("account:recover", "WHO --reason TEXT",
            "remove the second factor and end every login; a new password comes by mail", AdminAccounts.Recover),
        new("access:revoke-all", "--reason TEXT", "end every key, login and open link of everybody",
            AdminKeys.RevokeAll),
        new("account:downgrade", "WHO --reason TEXT", "back to the free tier, if all it has fits there",
            AdminAccounts.Downgrade),
        new("credit:grant", "WHO AMOUNT --reason TEXT [--expires DATE]", "give credits", AdminCredits.Grant),
        new("credit:take", "WHO AMOUNT --reason TEXT", "take credits back", AdminCredits.Take),
        new("payment:list", "WHO", "list the payments of an account", AdminPayments.List),
        new("payment:refund", "ID --reason TEXT [--amount AMOUNT]", "pay a payment back and take its credits",
            AdminPayments.Refund),
        new("invoices", "ADDRESS|NAME|ID", "list the invoices of an account, closed ones too", AdminInvoices.List),
        new("invoices:verify", "", "recompute every invoice and name what does not fit", AdminInvoices.Verify),
        new("promo:create", "CODE --credit AMOUNT [--uses N] [--expires DATE]", "make a promo code", AdminPromo.Create),
        new("promo:list", "", "list the promo codes and how often they were used", AdminPromo.List),
        new("webhook:add", "URL [--event TYPES]", "tell an address of the platform what happens, signed",
            AdminWebhooks.Add),
        new("webhook:list", "", "list these addresses, never their secrets", AdminWebhooks.List),
        new("webhook:deliveries", "[ID] [--state S]", "show what arrived, what waits and what was given up, and why",
            AdminWebhooks.Deliveries),
        new("webhook:replay", "ID [--since TIME]", "send a message again, or all of an address since a time",
            AdminWebhooks.Replay),
        new("webhook:rotate", "ID [--hours N]", "make a new secret; for N hours (24) both sign", AdminWebhooks.Rotate),
        new("webhook:enable", "ID", "go on with an address that said it was gone", AdminWebhooks.Enable),
        new("webhook:remove", "ID", "tell an address nothing any more", AdminWebhooks.Remove),
        new("service_key:create", "NAME", "make a key by which the platform reports what runs",
            AdminServiceKeys.Create),
        new("service_key:list", "", "list these keys and when each was used last", AdminServiceKeys.List),
        new("service_key:revoke", "NAME", "end such a key at once", AdminServiceKeys.Revoke),
        new("ledger:verify", "", "recompute the books and name what does not fit", AdminCredits.Verify),
        new("audit:verify", "[WHO]", "recompute the audit chains and name what does not fit", AdminKeys.VerifyAudit),
        new("keys:rotate", "[now]", "publish the next token key; with now every token ends", AdminKeys.Rotate),
    ];

    /// <summary>Does what the words ask for; the exit code.</summary>
    public static async Task<int> Run(IServiceProvider services, Verb verb, TextWriter output, TextWriter error)
    {
        if (verb.Words.Count == 0) return List(output, exitCode: 0);
        var chosen = Verbs.SingleOrDefault(v => v.Name == verb.Words[0]);
        if (chosen is null) return List(error, Mistaken);
        await using var scope = services.CreateAsyncScope();
        var call = new AdminCall(scope.ServiceProvider, verb.Words.Skip(1).ToList(), verb.Options, output, error);
        if (call.Unknown(chosen.Words) is not { } mistake) return await chosen.Run(call);
        call.Fail($"{mistake} It is: admin {chosen.Name} {chosen.Words}".TrimEnd());
        return Mistaken;
    }

    private static int List(TextWriter output, int exitCode)
    {
        foreach (var verb in Verbs)
            output.WriteLine($"admin {$"{verb.Name} {verb.Words}",-58} {verb.Does}");
        return exitCode;
    }

    /// <summary>One verb.</summary>
    /// <param name="Name">Noun and verb.</param>
    /// <param name="Words">What follows, as it is shown: capitals for values, brackets for what may be missing.</param>
    /// <param name="Does">One line for the list.</param>
    /// <param name="Run">Does it; the exit code.</param>
    private sealed record AdminVerb(string Name, string Words, string Does, Func<AdminCall, Task<int>> Run);
}
