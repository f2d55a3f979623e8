namespace Gatehouse.Commands.Demos;

/// <summary>What an operator can prove afterwards, with the verbs that are there for it.</summary>
internal sealed class Proofs(IServiceProvider services, Narrator narrator)
{
    private static readonly (string Says, string Name, string? Of)[] Verbs =
    [
        ("Every event of the account is chained to the one before it by a hash. None was altered, none is missing:",
            "audit:verify", Story.Email),
        ("So are the postings of the books. Every balance is computed again from nothing:", "ledger:verify", null),
        ("And every invoice:", "invoices:verify", null),
    ];

    public async Task Tell()
    {
        await narrator.Chapter("Nothing of this can be altered unseen");
        foreach (var (says, name, of) in Verbs)
        {
            await narrator.Say(says);
            await Run(name, of);
        }

        await narrator.Say(
            "Ann can prove the first without the server: gatehouse account:export -o mine.json, then "
            + "gatehouse account:activity --verify mine.json.");
    }

    private async Task Run(string name, string? of)
    {
        string[] words = of is null ? [name] : [name, of];
        using var said = new StringWriter();
        narrator.Command($"./gatehouse admin {string.Join(' ', words)}");
        var code = await Admin.Run(services, new Verb("admin", words, []), said, said);
        await narrator.Answer(said.ToString().Trim());
        if (code != 0) throw new DemoFailed($"admin {name} found that something does not fit.");
    }
}
