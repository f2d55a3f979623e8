using System.Reflection;
using Gatehouse.Domain;
using Xunit;

namespace Gatehouse.Tests.Domain;

/// <summary>An entry vouches for all of its fields and for the entry before it.</summary>
public sealed class AuditEntryTests
{
    private static readonly DateTime Time = new(2027, 6, 15, 10, 0, 0, DateTimeKind.Utc);
    private static readonly Guid Somebody = Guid.Parse("0198f5a0-0000-7000-8000-000000000001");

    public static TheoryData<string> Fields =>
    [
        .. typeof(AuditEntry).GetProperties()
            .Select(property => property.Name).Where(name => name != nameof(AuditEntry.Hash)),
    ];

    [Fact]
    public void New_entry_is_sound()
    {
        var entry = Entry();
        Assert.Equal(entry.Hash, entry.ComputeHash());
    }

    [Theory, MemberData(nameof(Fields))]
    public void Altered_field_shows(string name)
    {
        var entry = Entry();
        var field = typeof(AuditEntry).GetProperty(name, BindingFlags.Public | BindingFlags.Instance)!;
        field.SetValue(entry, Altered(field.GetValue(entry)));
        Assert.NotEqual(entry.Hash, entry.ComputeHash());
    }

    [Fact]
    public void Altered_context_shows()
    {
        var entry = Entry();
        var other = AuditContext.Of(new Caller("198.51.100.1", "", ""), Somebody, sequence: 1);
        Assert.NotEqual(entry.ContextHash, other.ComputeHash());
    }

    [Fact]
    public void Same_context_twice_has_two_hashes_so_that_nobody_can_guess_it_back()
    {
        var caller = new Caller("203.0.113.7", "curl/8", "1");
        Assert.NotEqual(
            AuditContext.Of(caller, Somebody, 1).ComputeHash(), AuditContext.Of(caller, Somebody, 1).ComputeHash());
    }

    [Theory]
    [InlineData("curl\r\nSet-Cookie: a=b", "curl  Set-Cookie: a=b")]
    [InlineData("\u001b[31mred\u001b[0m", " [31mred [0m")]
    [InlineData("a\u2028b\u0085c\u202ed\u0000e", "a b c d e")]
    [InlineData("whole \U0001f511", "whole \U0001f511")]
    public void Context_is_one_plain_line(string agent, string kept) =>
        Assert.Equal(kept, AuditContext.Of(new Caller("", agent, ""), Somebody, 1).UserAgent);

    [Fact]
    public void Half_a_character_becomes_a_whole_one() =>
        Assert.Equal("half \ufffd", AuditContext.Of(new Caller("", "half \ud83d", ""), Somebody, 1).UserAgent);

    [Fact]
    public void Context_is_short() =>
        Assert.Equal(200, AuditContext.Of(new Caller("", new string('a', 5000), ""), Somebody, 1).UserAgent.Length);

    private static AuditEntry Entry()
    {
        var context = AuditContext.Of(new Caller("203.0.113.7", "curl/8", "1"), Somebody, sequence: 1);
        var fact = new AuditFact(AuditEvent.KeyCreated, "a subject", Somebody);
        return AuditEntry.After(AuditEntry.Origin, 1, Somebody, fact, context, Time);
    }

    private static object Altered(object? value) => value switch
    {
        Guid => Guid.Parse("0198f5a0-0000-7000-8000-000000000002"),
        long number => number + 1,
        DateTime time => time.AddMicroseconds(1),
        string text => text + ".",
        byte[] bytes => bytes.Select(b => (byte)(b ^ 1)).ToArray(),
        _ => throw new InvalidOperationException($"{value} is of no known type."),
    };
}
