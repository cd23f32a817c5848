namespace BpfCore.Specs;

/// <summary>One row of the <c>SEC()</c> table.</summary>
/// <param name="Pattern">
/// The name; one that ends in <c>+</c> also matches with <c>/…</c> behind it, any other only as it is.
/// </param>
/// <param name="Type">Type of program.</param>
/// <param name="AttachType">Expected attach type.</param>
/// <param name="Flags">Flags of the program.</param>
/// <param name="ReadTarget">Turns the text behind the <c>/</c> into a target; null where it means nothing.</param>
internal sealed record SectionRule(
    string Pattern,
    ProgramType Type,
    AttachType AttachType = 0,
    ProgramFlags Flags = ProgramFlags.None,
    Func<string, AttachTarget?>? ReadTarget = null)
{
    private bool TakesTarget => Pattern[^1] == '+';

    private ReadOnlySpan<char> Stem => Pattern.AsSpan().TrimEnd('+');

    public bool Matches(string name) =>
        name.AsSpan().StartsWith(Stem, StringComparison.Ordinal)
        && (name.Length == Stem.Length || (TakesTarget && name[Stem.Length] == '/'));

    public AttachTarget? Target(string name) =>
        ReadTarget is null || name.Length <= Stem.Length + 1 ? null : ReadTarget(name[(Stem.Length + 1)..]);
}
