using Gatehouse.Domain;
using Xunit;

namespace Gatehouse.Tests.Domain;

/// <summary>Random names are plain words and never look like an address (T36).</summary>
public sealed class UserNameTests
{
    [Fact]
    public void Name_is_two_words_and_four_digits()
    {
        var names = Enumerable.Range(0, 2000).Select(_ => UserName.AtRandom().Spelling).ToHashSet();
        Assert.All(names, name => Assert.Matches("^[a-z]+-[a-z]+-[0-9]{4}$", name));
        Assert.True(names.Count > 1990, $"{names.Count} of 2000 names are different.");
    }
}
