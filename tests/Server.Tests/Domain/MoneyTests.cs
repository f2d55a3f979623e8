using CsCheck;
using Gatehouse.Domain;
using Xunit;

namespace Gatehouse.Tests.Domain;

/// <summary>Whole nano-dollars, and every overflow is a fault.</summary>
public sealed class MoneyTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(10_000_000, 1)]
    [InlineData(9_999_999, 0)]
    [InlineData(19_999_999, 1)]
    [InlineData(-1, -1)]
    [InlineData(-10_000_000, -1)]
    [InlineData(-10_000_001, -2)]
    [InlineData(10_000_464_996_296_696, 1_000_046_499)]
    [InlineData(long.MaxValue, 922_337_203_685)]
    [InlineData(long.MinValue, -922_337_203_686)]
    public void Cents_are_rounded_down(long nanos, long cents) => Assert.Equal(cents, new Money(nanos).WholeCents);

    [Fact]
    public void Cents_there_and_back_are_the_same() => Gen.Long[-922_337_203_685, 922_337_203_685]
        .Sample(cents => Money.FromCents(cents).WholeCents == cents);

    [Fact]
    public void Sum_minus_a_part_is_the_other_part() => Gen.Select(Gen.Long, Gen.Long).Sample((one, other) =>
    {
        if (one / 2 + other / 2 is > long.MaxValue / 2 - 1 or < long.MinValue / 2 + 1) return;
        Assert.Equal(new Money(one), new Money(one) + new Money(other) - new Money(other));
    });

    [Fact]
    public void Overflow_is_a_fault()
    {
        Assert.Throws<OverflowException>(() => new Money(long.MaxValue) + new Money(1));
        Assert.Throws<OverflowException>(() => new Money(long.MinValue) - new Money(1));
        Assert.Throws<OverflowException>(() => Money.FromCents(long.MaxValue / 10_000_000 + 1));
    }
}
