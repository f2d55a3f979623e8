namespace Gatehouse.Tests.Tidy;

/// <summary>
/// A house rule: a sentence that is true of the repository, the search for places where it is not, and specimens. A
/// rule without a specimen that it refuses is no rule: nobody has seen it at work.
/// </summary>
internal sealed record Rule(string Name, Func<Repository, IEnumerable<Finding>> Find)
{
    public IReadOnlyList<Repository> Bad { get; private init; } = [];

    public IReadOnlyList<Repository> Good { get; private init; } = [];

    /// <summary>A rule that looks at one file at a time.</summary>
    public Rule(string name, Func<SourceFile, bool> covers, Func<SourceFile, IEnumerable<Finding>> find)
        : this(name, repository => repository.Files.Where(covers).SelectMany(find))
    {
    }

    public Rule Refuses(Repository specimen) => this with { Bad = [.. Bad, specimen] };

    public Rule Refuses(string path, string text) => Refuses(Repository.Of(path, text));

    public Rule Accepts(Repository specimen) => this with { Good = [.. Good, specimen] };

    public Rule Accepts(string path, string text) => Accepts(Repository.Of(path, text));
}
