namespace BpfCore.Specs;

/// <summary>Where a program is to be attached, as its section name says it.</summary>
public abstract record AttachTarget
{
    private protected AttachTarget()
    {
    }
}
