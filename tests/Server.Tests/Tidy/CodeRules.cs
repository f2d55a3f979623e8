using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static System.StringComparison;

namespace Gatehouse.Tests.Tidy;

/// <summary>What code may not contain, each for one good reason.</summary>
internal static class CodeRules
{
    /// <summary>Members of time spans and of mathematics that answer in floating point.</summary>
    private static readonly HashSet<string> Floating =
    [
        "TotalDays", "TotalHours", "TotalMinutes", "TotalSeconds", "TotalMilliseconds", "ToDouble", "ToSingle", "Pow",
    ];

    private static readonly HashSet<string> RawSql =
    [
        "FromSqlRaw", "ExecuteSqlRaw", "ExecuteSqlRawAsync", "SqlQueryRaw",
    ];

    private static readonly string[] MoneyFolders =
    [
        "src/Server/Domain/",
        "src/Server/Features/Billing/",
        "src/Server/Features/Credits/",
        "src/Server/Features/Invoices/",
        "src/Server/Features/Ledger/",
        "src/Server/Features/Payment",
        "src/Server/Features/Prices/",
        "src/Server/Features/Promo",
        "src/Server/Features/Usage",
    ];

    public static IEnumerable<Rule> All =>
    [
        NoRegion,
        MoneyIsWhole,
        NoRawSql,
        NoSqlIsPastedTogether,
        NoTestWaits,
    ];

    private static Rule NoRegion =>
        new Rule("A region is a file that was not made", file => file.IsCode,
            file => file.All<RegionDirectiveTriviaSyntax>().Select(region => file.At(region, "#region")))
        .Refuses("src/Server/Domain/Money.cs", "#region Rounding\n#endregion\n")
        .Accepts("src/Server/Domain/Region.cs", "// #region in a comment\nclass Region;\n");

    private static Rule MoneyIsWhole =>
        new Rule("Money never meets floating point", file => file.IsCSharp && MoneyFolders.Any(file.IsUnder),
            file => file.Syntax.DescendantTokens()
                .Where(IsFloating)
                .Select(token => file.At(token.GetLocation(), token.Text)))
        .Refuses("src/Server/Domain/Money.cs", "class Money { double Amount; }")
        .Refuses("src/Server/Domain/Price.cs", "class Price { float Amount; }")
        .Refuses("src/Server/Features/Credits/BuyCredits.cs", "class C { decimal A => (decimal)0.05; }")
        .Refuses("src/Server/Features/Usage/CloseHour.cs", "class C { long A(TimeSpan t) => (long)t.TotalSeconds; }")
        .Refuses("src/Server/Features/Invoices/IssueInvoice.cs", "class C { object A => Math.Pow(10, 9); }")
        .Accepts("src/Server/Domain/Money.cs", "class Money { decimal Cent = 0.01m; long Nanos = 1_000; }")
        .Accepts("src/Server/Platform/Health.cs", "class Health { double Seconds; }");

    private static Rule NoRawSql =>
        new Rule("SQL with values in its text stays out of everything but Data", IsOutsideData,
            file => file.All<SimpleNameSyntax>()
                .Where(name => RawSql.Contains(name.Identifier.Text))
                .Select(name => file.At(name, name.Identifier.Text)))
        .Refuses("src/Server/Features/Apps/ListApps.cs", "class C { void M() => db.Apps.FromSqlRaw(text); }")
        .Refuses("src/Server/Jobs/Sweep.cs", "class C { Task M() => db.Database.ExecuteSqlRawAsync(text); }")
        .Refuses("src/Server/Jobs/Sweep.cs", "class C { object M() => db.Database.SqlQueryRaw<int>(text); }")
        .Accepts("src/Server/Data/SqliteDb.cs", "class C { void M() => Database.ExecuteSqlRaw(\"PRAGMA x\"); }");

    private static Rule NoSqlIsPastedTogether =>
        new Rule("A command text is a constant, values are its parameters", IsOutsideData,
            file => file.All<AssignmentExpressionSyntax>()
                .Where(assignment => assignment.Left.ToString().EndsWith("CommandText", Ordinal))
                .Where(assignment => IsPasted(assignment.Right))
                .Select(assignment => file.At(assignment, assignment.ToString())))
        .Refuses("src/Server/Commands/Doctor.cs", "class C { void M() => command.CommandText = $\"SELECT {name}\"; }")
        .Refuses("src/Server/Commands/Doctor.cs", "class C { void M() => command.CommandText = \"SELECT \" + name; }")
        .Refuses("src/Server/Commands/Doctor.cs", "class C { object M() => new C { CommandText = $\"SELECT {x}\" }; }")
        .Accepts("src/Server/Commands/Doctor.cs", "class C { void M() => command.CommandText = \"SELECT 1\"; }")
        .Accepts("src/Server/Data/PostgresDb.cs", "class C { void M() => command.CommandText = $\"LOCK {table}\"; }");

    private static Rule NoTestWaits =>
        new Rule("A test moves the clock or polls, it never sleeps",
            file => file.IsCSharp && file.IsUnder("tests/") && file.Name != "Eventually.cs",
            file => file.All<MemberAccessExpressionSyntax>()
                .Where(member => member.ToString() is "Task.Delay" or "Thread.Sleep")
                .Select(member => file.At(member, $"{member}; the one place for it is Eventually.cs")))
        .Refuses("tests/Server.Tests/Features/SignUpTests.cs", "class C { Task M() => Task.Delay(100); }")
        .Refuses("tests/EndToEnd.Tests/LoginTests.cs", "class C { void M() => Thread.Sleep(100); }")
        .Accepts("tests/EndToEnd.Tests/Eventually.cs", "class C { Task M() => Task.Delay(100); }");

    private static bool IsOutsideData(SourceFile file) =>
        file.IsCode && file.IsUnder("src/") && !file.IsUnder("src/Server/Data/");

    private static bool IsPasted(ExpressionSyntax text) =>
        text.DescendantNodesAndSelf().Any(node => node is InterpolationSyntax or BinaryExpressionSyntax);

    private static bool IsFloating(SyntaxToken token) => token.Kind() switch
    {
        SyntaxKind.DoubleKeyword or SyntaxKind.FloatKeyword => true,
        SyntaxKind.NumericLiteralToken => token.Value is double or float,
        SyntaxKind.IdentifierToken => Floating.Contains(token.Text),
        _ => false,
    };
}
