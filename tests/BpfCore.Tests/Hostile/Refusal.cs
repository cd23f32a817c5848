namespace BpfCore.Tests.Hostile;

/// <summary>Runs a step that may refuse its input, and checks how it does.</summary>
internal static class Refusal
{
    /// <summary>False when the input was refused.</summary>
    public static bool IsNone(Action step)
    {
        try
        {
            step();
            return true;
        }
        catch (BpfFormatException refusal)
        {
            // The place and what is wrong there are promised, so an empty answer is a fault of ours.
            if (refusal.Offset < 0 || refusal.Problem.Length == 0 || refusal.Input.Length == 0)
            {
                throw new InvalidOperationException("the refusal does not say where", refusal);
            }

            return false;
        }
    }

    /// <summary>False when the input was refused, which relocation may do with an exception of its own.</summary>
    public static bool IsNoneInLinking(Action step)
    {
        try
        {
            return IsNone(step);
        }
        catch (BpfRelocationException refusal) when (refusal.InstructionIndex >= 0 && refusal.Problem.Length > 0)
        {
            return false;
        }
    }
}
