using System.Text;
using CsCheck;
using Xunit;

namespace Gatehouse.Cli.Tests;

public sealed class NetrcTests
{
    private const string Machine = "accounts.example.com";
    private static readonly Credentials Ann = new("ann@example.com", "gate_1");
    private static readonly Credentials Bob = new("bob@example.com", "gate_2");

    /// <summary>What other programs and people leave in a netrc file.</summary>
    private static readonly string[] Pieces =
    [
        "# machine accounts.example.com login nobody password nothing\n",
        "#\n",
        "\n",
        "  \t\n",
        "machine one.example.com login ann password \"quo ted # \\\" x\"\n",
        "machine two.example.com\n\tlogin bob # not a comment's end\n\tpassword pass#word\n",
        "machine three.example.com login c account d password e machine four.example.com login f password g\n",
        "machine five.example.com login h\n",
        "machine six.example.com login i password \"\"\n",
        "machine seven.example.com port 21 login j password k\\ l\n",
        "machine caf\u00c3\u00a9.example.com login \u00ff\u00fe password m\n",
        "machine accounts.example.com.evil.example.com login n password o\n",
        "macdef init\nmachine accounts.example.com\nlogin p password q\n\n",
        "default login anonymous password guest\n",
    ];

    private static readonly string[] OtherMachines =
        ["one.example.com", "two.example.com", "four.example.com", "café.example.com"];

    /// <summary>Files of such pieces, with either line end, the last line ended or not.</summary>
    private static readonly Gen<string> Files = Gen.Select(
        Gen.Int[0, Pieces.Length - 1].Select(index => Pieces[index]).Array[0, 8],
        Gen.Bool,
        Gen.Bool,
        (pieces, windows, unended) =>
        {
            var text = string.Concat(pieces);
            text = unended ? text.TrimEnd('\n') : text;
            return windows ? text.Replace("\n", "\r\n", StringComparison.Ordinal) : text;
        });

    [Fact]
    public void New_entry_leaves_everything_else_byte_for_byte() => Files.Sample(text =>
    {
        var edited = new Netrc(text).With(Machine, Ann);

        Assert.EndsWith(text, edited.ToString(), StringComparison.Ordinal);
        Assert.Equal(Ann, edited.Find(Machine));
    });

    [Fact]
    public void Removing_a_new_entry_restores_the_file() => Files.Sample(text =>
        Assert.Equal(text, new Netrc(text).With(Machine, Ann).Without(Machine, Ann.Email).ToString()));

    [Fact]
    public void Storing_twice_is_storing_once() => Files.Sample(text =>
    {
        var once = new Netrc(text).With(Machine, Ann);

        Assert.Equal(once.ToString(), once.With(Machine, Ann).ToString());
    });

    [Fact]
    public void Existing_entry_is_changed_where_it_stands() => Gen.Select(Files, Files).Sample((before, after) =>
    {
        var head = Closed(before);
        string Entry(Credentials it) =>
            $"machine {Machine}  login {it.Email} # mine\n\taccount x\n password\t{it.Key}\n";

        var edited = new Netrc(head + Entry(Ann) + after).With(Machine, Bob);

        Assert.Equal(head + Entry(Bob) + after, edited.ToString());
        Assert.Equal(Bob, edited.Find(Machine));
    });

    [Fact]
    public void Other_machines_stay_readable() => Files.Sample(text =>
    {
        var before = new Netrc(text);
        var after = before.With(Machine, Ann);
        foreach (var other in OtherMachines)
            Assert.Equal(before.Find(other), after.Find(other));
        Assert.Equal(before.FindOrDefault("unknown.example.com"), after.FindOrDefault("unknown.example.com"));
    });

    [Theory]
    [InlineData("machine a login b password c", "b", "c")]
    [InlineData("machine a\r\n\tlogin b\r\n\tpassword c\r\n", "b", "c")]
    [InlineData("machine a password c user b", "b", "c")]
    [InlineData("machine a login b password \"c d\\\"e\"", "b", "c d\"e")]
    [InlineData("machine a login b password #c", "b", "#c")]
    [InlineData("# machine a login x password y\nmachine a login b password c", "b", "c")]
    [InlineData("machine a # machine a\nlogin b # x\npassword c", "b", "c")]
    [InlineData("machine b login x password y machine a login b password c machine a login z password z", "b", "c")]
    [InlineData("macdef m\nmachine a login x password y\n\nmachine A login b password c", "b", "c")]
    [InlineData("default login b password c", "b", "c")]
    [InlineData("machine a login b password \u00c3\u00a9", "b", "é")]
    public void Credentials_are_found(string text, string login, string password) =>
        Assert.Equal(new Credentials(login, password), new Netrc(text).FindOrDefault("a"));

    [Theory]
    [InlineData("")]
    [InlineData("machine")]
    [InlineData("machine a")]
    [InlineData("machine a login b")]
    [InlineData("machine a login b password")]
    [InlineData("machine aa login b password c")]
    [InlineData("macdef m\nmachine a login b password c")]
    [InlineData("machine x login \"unclosed machine a login b password c")]
    public void Nothing_is_found_where_nothing_is(string text) => Assert.Null(new Netrc(text).FindOrDefault("a"));

    [Theory]
    [InlineData("machine a login x password y machine b login c password d\n", "machine b login c password d\n")]
    [InlineData("machine b login c password d machine a login x password y\n", "machine b login c password d \n")]
    [InlineData("# mine\nmachine a\n  login x # me\n  password y\n\n# end\n", "# mine\n  # me\n\n# end\n")]
    [InlineData("machine a login x password y\nmachine a login z password z\n", "machine a login z password z\n")]
    [InlineData("machine a login x password y\r\nmachine b login x password y", "machine b login x password y")]
    public void Removing_takes_only_the_entry(string text, string left) =>
        Assert.Equal(left, new Netrc(text).Without("a", "x").ToString());

    [Theory]
    [InlineData("machine a\n", "machine a login ann@example.com password gate_1\n")]
    [InlineData("machine a password x\n", "machine a login ann@example.com password gate_1\n")]
    [InlineData("machine a login x\n", "machine a password gate_1 login ann@example.com\n")]
    public void Half_an_entry_is_completed(string text, string whole)
    {
        var edited = new Netrc(text).With("a", Ann);

        Assert.Equal(whole, edited.ToString());
        Assert.Equal(Ann, edited.Find("a"));
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("line\nbreak")]
    [InlineData("quo\"te")]
    [InlineData("quo'te")]
    [InlineData("ha#sh")]
    [InlineData("back\\slash")]
    [InlineData("\u0000")]
    [InlineData("")]
    public void Value_that_would_not_survive_is_refused(string value)
    {
        Assert.Throws<Failure>(() => new Netrc("").With("a", new Credentials(value, "gate_1")));
        Assert.Throws<Failure>(() => new Netrc("").With("a", new Credentials("ann@example.com", value)));
    }

    [Fact]
    public void Letters_of_the_world_are_kept_as_utf8()
    {
        var edited = new Netrc("").With("a", new Credentials("änn@example.com", "gate_1"));

        Assert.Equal("änn@example.com", edited.Find("a")?.Email);
        Assert.Contains("login änn@", Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(edited.ToString())));
    }

    /// <summary>Ends what a piece left open, so that the next entry is one.</summary>
    private static string Closed(string text) => text.EndsWith("\r\n", StringComparison.Ordinal)
        ? text + "\r\n"
        : text + "\n\n";
}
