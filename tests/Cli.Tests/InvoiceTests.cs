using Gatehouse.Cli.Tests.Support;
using Xunit;

namespace Gatehouse.Cli.Tests;

public sealed class InvoiceTests
{
    private const string Row = """
        {"amount_cents":877,"app_name":"bar","charged_cents":377,"credit_cents":500,"number":1,"paid":true,
         "period_end":"2027-07-15T00:00:00.000+00:00","period_start":"2027-06-15T00:00:00.000+00:00",
         "replica_size_seconds":454648}
        """;

    private const string Line = """
        {"line":1,"app_name":"bar","kind":"replicas","amount_cents":877,"adjustment":false,
         "replica_size_seconds":454648}
        """;

    private const string Invoice = $$"""
        {"number":1,"period_start":"2027-06-15T00:00:00.000+00:00","period_end":"2027-07-15T00:00:00.000+00:00",
         "issued_at":"2027-07-15T00:00:01.000+00:00","amount_cents":1877,"credit_cents":0,"charged_cents":0,
         "due_cents":1877,"paid":false,"paid_at":null,"next_try_at":"2027-07-16T00:00:01.000+00:00",
         "lines":[{{Line}},{"line":2,"app_name":"foo","kind":"database","amount_cents":1000,"adjustment":true,
         "size":0.6,"seconds":1036800}],"sha256":"ab12"}
        """;

    private const string Explained = $$"""
        {"number":1,"total_cents":1877,"line":{{Line}},
         "price":{"version":1,"month":"0.05","unit":"1 MB of one replica"},
         "period":{"start":"2027-06-15T00:00:00.000+00:00","end":"2027-07-15T00:00:00.000+00:00","seconds":2592000},
         "intervals":[{"start":"2027-06-20T00:00:00.000+00:00","end":"2027-06-30T12:34:56.000+00:00",
         "seconds":909296,"replicas":1,"size":0.5,"id":"i"}],
         "calculation":{"formula":"454648000 MB-seconds x 0.05 / 2592000 seconds","exact_dollars":"8.770216049383",
         "amount_cents":877},"ledger_entries":[{"at":"2027-07-15T00:00:00.000+00:00","posting":"invoice.issued",
         "account":"receivable","amount":"-18.77","id":"p"}],"recomputed":"(recomputed)","sha256":"ab12"}
        """;

    [Theory]
    [InlineData("account:invoices")]
    [InlineData("invoices")]
    public async Task Script_gets_the_rows_of_the_original(string command)
    {
        await using var server = LoopbackServer.Always($"[{Row}]");
        using var machine = Machine.LoggedIn(server);

        Assert.Equal(new Ran(0, """
            [
              {
                "amount_cents": 877,
                "app_name": "bar",
                "charged_cents": 377,
                "credit_cents": 500,
                "number": 1,
                "paid": true,
                "period_end": "2027-07-15T00:00:00.000+00:00",
                "period_start": "2027-06-15T00:00:00.000+00:00",
                "replica_size_seconds": 454648
              }
            ]

            """, ""), await machine.Run(command));
        Assert.Equal("GET /api/invoices", Assert.Single(server.Requests).Line);
    }

    [Fact]
    public async Task Person_gets_a_table_and_is_told_what_comes_next()
    {
        await using var server = LoopbackServer.Always($"[{Row}]");
        using var machine = Machine.LoggedIn(server, hasPerson: true);

        Assert.Equal(new Ran(0, """
            Invoice  Period                    App  Amount  Credits  Charged  Paid
            1        2027-06-15 to 2027-07-15  bar  $8.77   $5.00    $3.77    yes

            """, "`gatehouse account:invoices:show 1` shows the newest with its lines.\n"),
            await machine.Run("account:invoices"));
    }

    [Fact]
    public async Task That_there_is_none_is_no_failure()
    {
        await using var server = LoopbackServer.Always("[]");
        using var machine = Machine.LoggedIn(server, hasPerson: true);

        Assert.Equal(
            new Ran(0, "No invoice yet. The first one comes when a month with costs is over.\n", ""),
            await machine.Run("account:invoices"));
    }

    [Fact]
    public async Task One_invoice_has_its_lines_and_what_is_owed()
    {
        await using var server = LoopbackServer.Always(Invoice);
        using var machine = Machine.LoggedIn(server, hasPerson: true);

        Assert.Equal(new Ran(0, """
            Invoice      1
            Period       2027-06-15 to 2027-07-15, 00:00 UTC
            Issued       2027-07-15 00:00 UTC
            Amount       $18.77
            Credits      $0.00
            Charged      $0.00
            Still owed   $18.77
            Paid         not yet
            Next try     2027-07-16 00:00 UTC
            SHA-256      ab12

            Line  App  What                                      Used               Amount
            1     bar  replicas                                  454648 GB-seconds  $8.77
            2     foo  database of 0.6 GB, of an earlier period  1036800 seconds    $10.00

            """,
            "`gatehouse account:invoices:explain 1 1` says where line 1 is from.\n"),
            await machine.Run("account:invoices:show", "1"));
        Assert.Equal("GET /api/invoices/1", Assert.Single(server.Requests).Line);
    }

    [Fact]
    public async Task Line_is_walked_down_to_its_seconds()
    {
        await using var server = LoopbackServer.Always(Explained.Replace("(recomputed)", "identical"));
        using var machine = Machine.LoggedIn(server, hasPerson: true);

        Assert.Equal(new Ran(0, """
            Invoice   1, $18.77 in all
            Line      1: bar, replicas, $8.77
            Price     version 1: $0.05 a month for 1 MB of one replica
            Period    2027-06-15 00:00:00 to 2027-07-15 00:00:00 UTC, 2592000 seconds

            From (UTC)           Until (not included)  Seconds  What ran
            2027-06-20 00:00:00  2027-06-30 12:34:56   909296   1 x 0.5 GB

            454648000 MB-seconds x 0.05 / 2592000 seconds
            = $8.770216049383, rounded to $8.77: all lines add up to the total

            Booked (UTC)         Posting         Account     Amount
            2027-07-15 00:00:00  invoice.issued  receivable  -18.77

            Recomputed   identical
            SHA-256      ab12

            """, ""), await machine.Run("account:invoices:explain", "1", "1"));
        Assert.Equal("GET /api/invoices/1/lines/1/explanation", Assert.Single(server.Requests).Line);
    }

    [Fact]
    public async Task Invoice_that_was_altered_ends_with_an_error()
    {
        await using var server = LoopbackServer.Always(Explained.Replace("(recomputed)", "different"));
        using var machine = Machine.LoggedIn(server);

        var ran = await machine.Run("account:invoices:explain", "1", "1");

        Assert.Equal(1, ran.ExitCode);
        Assert.Contains("\"recomputed\": \"different\"", ran.Output);
        Assert.Contains("something was altered", ran.Error);
    }

    [Theory]
    [InlineData("You have no invoice 7.\n", "account:invoices:show", "7")]
    [InlineData("You have no invoice 7 with a line 2.\n", "account:invoices:explain", "7", "2")]
    public async Task Unknown_one_is_named(string said, params string[] words)
    {
        await using var server = new LoopbackServer(_ => Reply.Refusal(404, "", "Not found"));
        using var machine = Machine.LoggedIn(server);

        Assert.Equal(
            new Ran(1, "", $"{said}`gatehouse account:invoices` lists yours.\n"), await machine.Run(words));
    }

    [Theory]
    [InlineData("account:invoices:show")]
    [InlineData("account:invoices:show", "one")]
    [InlineData("account:invoices:explain", "1")]
    public async Task Number_that_is_missing_or_none_is_a_usage_error(params string[] words)
    {
        using var machine = new Machine();

        Assert.Equal(2, (await machine.Run(words)).ExitCode);
    }
}
