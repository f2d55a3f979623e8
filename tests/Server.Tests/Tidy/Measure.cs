using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Gatehouse.Tests.Tidy;

/// <summary>How long a piece of code is to a reader: its lines, where a table counts as one of them.</summary>
internal static class Measure
{
    private const int ShortestRun = 3;

    public static int Lines(SyntaxNode node) => Span(node) - Tables(node).Sum(lines => lines - 1);

    public static string Name(SyntaxNode member) => member switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        BaseMethodDeclarationSyntax => "constructor or operator",
        AccessorDeclarationSyntax accessor => accessor.Keyword.Text,
        _ => member.GetType().Name,
    };

    /// <summary>The lines of each outermost table below <paramref name="node"/>.</summary>
    private static IEnumerable<int> Tables(SyntaxNode node) =>
        Entries(node) is { Count: > 0 } entries && entries.All(IsOneLine) ? [Span(node)]
        : node is BlockSyntax block ? Runs(block).Concat(block.Statements.Where(IsNoCall).SelectMany(Tables))
        : node.ChildNodes().SelectMany(Tables);

    private static IReadOnlyList<SyntaxNode> Entries(SyntaxNode node) => node switch
    {
        SwitchExpressionSyntax table => table.Arms,
        CollectionExpressionSyntax table => table.Elements,
        InitializerExpressionSyntax table => table.Expressions,
        _ => [],
    };

    /// <summary>Consecutive one-line calls on the same object: routes, commands, registrations.</summary>
    private static IEnumerable<int> Runs(BlockSyntax block)
    {
        var (receiver, length) = ("", 0);
        foreach (var next in block.Statements.Select(Receiver).Append(""))
        {
            if (next == receiver)
            {
                length++;
                continue;
            }
            if (receiver.Length > 0 && length >= ShortestRun) yield return length;
            (receiver, length) = (next, 1);
        }
    }

    private static bool IsNoCall(StatementSyntax statement) => Receiver(statement).Length == 0;

    /// <summary>The object that a one-line call is made on, or nothing for any other statement.</summary>
    private static string Receiver(StatementSyntax statement)
    {
        if (!IsOneLine(statement)) return "";
        if (statement is not ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call }) return "";
        ExpressionSyntax at = call;
        while (true)
        {
            switch (at)
            {
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax inner }:
                    at = inner.Expression;
                    break;
                case IdentifierNameSyntax name when at != call:
                    return name.Identifier.Text;
                default:
                    return "";
            }
        }
    }

    private static bool IsOneLine(SyntaxNode node) => Span(node) == 1;

    private static int Span(SyntaxNode node)
    {
        var place = node.GetLocation().GetLineSpan();
        return place.EndLinePosition.Line - place.StartLinePosition.Line + 1;
    }
}
