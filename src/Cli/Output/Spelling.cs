namespace Gatehouse.Cli.Output;

/// <summary>Finds what somebody meant to type.</summary>
internal static class Spelling
{
    /// <summary>The name with the fewest wrong letters; null when all are too far away to be meant.</summary>
    public static string? Nearest(string word, IEnumerable<string> names) => names
        .Select(name => (Name: name, Distance: Distance(word, name)))
        .Where(candidate => candidate.Distance <= 1 + (word.Length / 4))
        .OrderBy(candidate => candidate.Distance)
        .FirstOrDefault().Name;

    /// <summary>How many letters to add, drop or change (Levenshtein).</summary>
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        foreach (var letter in left)
        {
            var diagonal = row[0]++;
            for (var column = 1; column <= right.Length; column++)
            {
                var changed = diagonal + (letter == right[column - 1] ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.Min(changed, 1 + Math.Min(diagonal, row[column - 1]));
            }
        }

        return row[^1];
    }
}
