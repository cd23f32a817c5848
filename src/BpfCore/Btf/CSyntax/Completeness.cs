namespace BpfCore.Btf.CSyntax;

/// <summary>How much of a type C must have seen where the type is used.</summary>
internal enum Completeness
{
    /// <summary>Its name: a pointer's target, a parameter.</summary>
    Named,

    /// <summary>Its definition: a member, an array's element.</summary>
    Complete,
}
