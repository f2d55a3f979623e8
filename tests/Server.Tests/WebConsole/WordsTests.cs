using Gatehouse.Domain;
using Gatehouse.WebConsole.Audit;
using Gatehouse.WebConsole.Invoices;
using Xunit;

namespace Gatehouse.Tests.WebConsole;

/// <summary>Names that programs read are words on pages, each of them.</summary>
public sealed class WordsTests
{
    [Fact]
    public void Every_event_and_every_posting_has_words()
    {
        Assert.All(NamesOf(typeof(AuditEvent)), name => Assert.NotEqual(name, EventText.Of(name)));
        Assert.All(NamesOf(typeof(PostingKind)), name => Assert.NotEqual(name, LedgerText.NameOf(name)));
    }

    private static IReadOnlyList<string> NamesOf(Type constants)
    {
        string[] names = [.. constants.GetFields().Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!)];
        Assert.NotEmpty(names);
        return names;
    }
}
