using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Xunit;

namespace Gatehouse.Tests.Harness;

/// <summary>
/// Tells whether an answer's time gives away what was asked for. Requests of all classes take turns, in an order that
/// is drawn anew for every round, so that whatever else the machine does hits each of them alike. Two classes are
/// compared by AUC: how often a request of the one took longer than one of the other; 0.5 is no difference.
/// </summary>
public static class AnswerTimes
{
    /// <summary>How far from 0.5 a class may really be.</summary>
    private const double Allowed = 0.03;

    private static readonly Lock Turn = new();

    // Chance alone goes past five standard deviations about once in two million comparisons.
    private const double Deviations = 5;

    /// <summary>Asks each class once a round and compares all of them with each other.</summary>
    public static async Task AreAlike(
        string what, int rounds, params (string Class, Func<int, Task> Ask)[] classes)
    {
        var times = classes.Select(_ => new List<long>()).ToArray();
        foreach (var (_, ask) in classes) await ask(rounds);
        for (var round = 0; round < rounds; round++)
        {
            foreach (var which in Shuffled(classes.Length))
            {
                var started = Stopwatch.GetTimestamp();
                await classes[which].Ask(round);
                times[which].Add(Stopwatch.GetTimestamp() - started);
            }
        }

        Keep(what, [.. classes.Select(asked => asked.Class)], times);
        var wrong = new List<string>();
        for (var i = 0; i < classes.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var auc = Auc(times[i], times[j]);
                var text = string.Create(CultureInfo.InvariantCulture,
                    $"{what}, {classes[i].Class} against {classes[j].Class}: AUC {auc:0.000}");
                TestContext.Current.TestOutputHelper?.WriteLine(text);
                if (Math.Abs(auc - 0.5) > Bound(rounds)) wrong.Add(text);
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>For bench/timing, which draws them: what was asked, class, microseconds.</summary>
    private static void Keep(string what, IReadOnlyList<string> classes, IReadOnlyList<List<long>> times)
    {
        if (Environment.GetEnvironmentVariable("GATEHOUSE_TIMES") is not { Length: > 0 } list) return;
        var lines = classes.Index().SelectMany(asked => times[asked.Index].Select(
            ticks => $"{what}\t{asked.Item}\t{(long)Stopwatch.GetElapsedTime(0, ticks).TotalMicroseconds}"));
        lock (Turn) File.AppendAllLines(list, lines);
    }

    /// <summary>
    /// What is allowed, and what chance adds: the AUC of two samples of n that do not differ has a standard deviation
    /// of the square root of (2n + 1) / 12n² (Mann and Whitney).
    /// </summary>
    private static double Bound(int count) =>
        Allowed + (Deviations * Math.Sqrt(((2.0 * count) + 1) / 12 / count / count));

    private static double Auc(List<long> one, List<long> other) =>
        one.Average(a => other.Average(b => a > b ? 1 : a == b ? 0.5 : 0));

    private static int[] Shuffled(int count)
    {
        var order = Enumerable.Range(0, count).ToArray();
        RandomNumberGenerator.Shuffle(order.AsSpan());
        return order;
    }
}
