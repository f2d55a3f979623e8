using Gatehouse.Domain;
using Xunit;

namespace Gatehouse.Tests.Domain;

/// <summary>Exact numbers, rounded once.</summary>
public sealed class FractionTests
{
    [Theory]
    [InlineData(5, 2, 2, 2)]
    [InlineData(7, 2, 3, 4)]
    [InlineData(-5, 2, -3, -2)]
    [InlineData(-7, 2, -4, -4)]
    [InlineData(8, 3, 2, 3)]
    [InlineData(7, 3, 2, 2)]
    [InlineData(-8, 3, -3, -3)]
    [InlineData(6, 3, 2, 2)]
    [InlineData(0, 9, 0, 0)]
    public void Half_goes_to_the_even_neighbour(int over, int under, int floor, int nearest)
    {
        var fraction = new Fraction(over, under);
        Assert.Equal((floor, nearest), ((int)fraction.Floor, (int)fraction.Nearest));
    }

    [Fact]
    public void Three_thirds_are_one() => Assert.Equal(
        new Fraction(1, 1), new Fraction(1, 3) + new Fraction(1, 3) + new Fraction(1, 3));

    [Fact]
    public void Nothing_is_a_number_as_well() =>
        Assert.Equal((1, 0), ((int)default(Fraction).Under, (int)default(Fraction).Floor));
}
